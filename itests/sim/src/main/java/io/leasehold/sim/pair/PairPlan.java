// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pair;

import io.leasehold.codec.registry.StandardOptions;
import io.leasehold.failover.config.FailoverFile;
import io.leasehold.failover.config.FailoverSettings;
import io.leasehold.failover.lease.Role;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.plan.json.Document;
import io.leasehold.server.plan.json.Includes;
import io.leasehold.server.plan.json.PlanCompilation;
import io.leasehold.server.plan.json.PlanCompiler;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What an operator writes for both servers: a link of their own and one behind a relay agent, both
 * shared.
 *
 * @param allocator word of the allocation policy
 * @param addresses how many each link has
 * @param validSeconds lifetime that the plan wants
 * @param holdSeconds how long clients of ended leases are remembered
 * @param mcltSeconds maximum client lead time
 */
record PairPlan(
    String allocator, int addresses, long validSeconds, int holdSeconds, long mcltSeconds) {
  private static final String TEXT =
      """
      {
        "Dhcp6": {
          "valid-lifetime": %d, "preferred-lifetime": %d,
          "decline-probation-period": 300, "allocator": "%s",
          "expired-leases-processing": { "hold-reclaimed-time": %d },
          "subnet6": [
            { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth1", "rapid-commit": true,
              "failover": "pair",
              "pools": [ { "pool": "2001:db8:1::1:0 - 2001:db8:1::1:%x" } ],
              "pd-pools": [ { "prefix": "2001:db8:1000::", "prefix-len": 44, "delegated-len": 48 } ] },
            { "id": 2, "subnet": "2001:db8:2::/64", "rapid-commit": true,
              "failover": "pair",
              "relay": { "ip-addresses": [ "2001:db8:2::ffff" ] },
              "pools": [ { "pool": "2001:db8:2::1:0 - 2001:db8:2::1:%x" } ],
              "pd-pools": [ { "prefix": "2001:db8:2000::", "prefix-len": 44, "delegated-len": 48 } ] }
          ]
        }
      }
      """;

  private static final Map<PairPlan, ServerPlan> COMPILED = new ConcurrentHashMap<>();

  ServerPlan plan() {
    return COMPILED.computeIfAbsent(this, PairPlan::compile);
  }

  private ServerPlan compile() {
    int last = addresses - 1;
    String text =
        TEXT.formatted(validSeconds, validSeconds * 2 / 3, allocator, holdSeconds, last, last);
    PlanCompilation compilation =
        new PlanCompiler(StandardOptions.CATALOGUE, Includes.NONE)
            .compile(List.of(new Document("plan", text)), List.of());
    return compilation
        .plan()
        .orElseThrow(() -> new IllegalStateException(compilation.report().findings().toString()));
  }

  /** What the file of the relationship says. */
  FailoverSettings settings(Role role) {
    Map<String, String> file = new HashMap<>();
    file.put("role", role.name().toLowerCase(Locale.ROOT));
    file.put("partner", "tls://[2001:db8::2]");
    file.put("channel", "wall");
    file.put("mclt.seconds", Long.toString(mcltSeconds));
    file.put("keepalive.seconds", "8");
    file.put("startup.seconds", "20");
    file.put("connect.seconds", "2");
    file.put("connect.rejected.seconds", "5");
    file.put("progress.seconds", "60");
    file.put("max.unacked", "4");
    return FailoverFile.read(PairServer.RELATIONSHIP, file);
  }
}
