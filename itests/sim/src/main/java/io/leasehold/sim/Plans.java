// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim;

import io.leasehold.codec.registry.StandardOptions;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.plan.json.Document;
import io.leasehold.server.plan.json.Includes;
import io.leasehold.server.plan.json.PlanCompilation;
import io.leasehold.server.plan.json.PlanCompiler;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A plan of the simulated server, as an operator writes it: for each protocol a link of its own and
 * one behind a relay agent. A later generation takes away a part of what the one before has.
 *
 * @param generation the first is 0
 */
record Plans(Sizes sizes, int generation) {
  static final int GENERATIONS = 4;

  /** Valid lifetime of every lease. */
  static final long VALID_SECONDS = 120;

  /** How long a declined address is left alone. */
  static final long PROBATION_SECONDS = 300;

  private static final String TEXT =
      """
      {
        "Dhcp6": {
          "valid-lifetime": 120, "preferred-lifetime": 80,
          "decline-probation-period": 300,
          "expired-leases-processing": { "hold-reclaimed-time": %d },
          "subnet6": [
            { "id": %d, "subnet": "2001:db8:%d::/64", "interface": "eth1", "rapid-commit": true, %s
              "pd-pools": [ { "prefix": "2001:db8:%s::", "prefix-len": 44, "delegated-len": 48 } ] },
            { "id": 2, "subnet": "2001:db8:2::/64", "rapid-commit": true, %s
              "relay": { "ip-addresses": [ "2001:db8:2::ffff" ] },
              "pd-pools": [ { "prefix": "2001:db8:%s::", "prefix-len": 44, "delegated-len": 48 } ] }
          ]
        },
        "Dhcp4": {
          "valid-lifetime": 120,
          "decline-probation-period": 300,
          "expired-leases-processing": { "hold-reclaimed-time": %d },
          "subnet4": [
            { "id": %d, "subnet": "10.%d.0.0/16", "interface": "eth1", %s "match-client-id": true },
            { "id": 2, "subnet": "10.2.0.0/16", %s "match-client-id": true }
          ]
        }
      }
      """;

  private static final Map<Plans, ServerPlan> COMPILED = new ConcurrentHashMap<>();

  /**
   * What differs from seed to seed.
   *
   * @param allocator word of the allocation policy
   * @param addresses how many each link has for each protocol
   * @param holdSeconds how long clients of ended leases are remembered
   */
  record Sizes(String allocator, int addresses, int holdSeconds) {}

  /** The plan of a generation. */
  static ServerPlan of(Sizes sizes, int generation) {
    return COMPILED.computeIfAbsent(new Plans(sizes, generation), Plans::compile);
  }

  private ServerPlan compile() {
    int first = generation < 3 ? 1 : 11;
    String prefixes = generation < 2 ? "000" : "100";
    String text =
        TEXT.formatted(
            sizes.holdSeconds(),
            first,
            first,
            pools("2001:db8:" + first + "::", true),
            "1" + prefixes,
            pools("2001:db8:2::", true),
            "2" + prefixes,
            sizes.holdSeconds(),
            first,
            first,
            pools("10." + first + ".", false),
            pools("10.2.", false));
    PlanCompilation compilation =
        new PlanCompiler(StandardOptions.CATALOGUE, Includes.NONE)
            .compile(List.of(new Document("plan", text)), List.of());
    return compilation
        .plan()
        .orElseThrow(() -> new IllegalStateException(compilation.report().findings().toString()));
  }

  private String pools(String prefix, boolean six) {
    int half = sizes.addresses() / 2;
    String small = pool(prefix, six, 0, half);
    String large = pool(prefix, six, 1, sizes.addresses() - half);
    return "\"allocator\": \"%s\", \"pools\": [ %s ],"
        .formatted(sizes.allocator(), generation == 0 ? small + ", " + large : large);
  }

  private static String pool(String prefix, boolean six, int which, int addresses) {
    int last = 16 + addresses - 1;
    return six
        ? "{ \"pool\": \"%s%x:10 - %s%x:%x\" }".formatted(prefix, which, prefix, which, last)
        : "{ \"pool\": \"%s%d.16 - %s%d.%d\" }".formatted(prefix, which, prefix, which, last);
  }

  /** Whether a plan lets anybody have something. */
  static boolean has(ServerPlan plan, LeaseKey key) {
    return plan.of(key.kind().family()).links().stream()
        .flatMap(link -> link.subnets().stream())
        .anyMatch(
            subnet ->
                key.kind() == LeaseKind.IA_PD
                    ? subnet.prefixPools().stream()
                        .anyMatch(pool -> pool.prefix().contains(key.address()))
                    : subnet.pools().stream().anyMatch(pool -> pool.contains(key.address())));
  }
}
