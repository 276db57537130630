// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pair;

import io.leasehold.codec.registry.StandardOptions;
import io.leasehold.failover.config.FailoverFile;
import io.leasehold.failover.config.FailoverSettings;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.net.Ipv6;
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
 * @param prefixBits how many prefixes each link has: two to the power of it
 * @param reserved what of it is kept for the first client of each link
 * @param validSeconds lifetime that the plan wants
 * @param holdSeconds how long clients of ended leases are remembered; where they are not, declined
 *     addresses do not rest for long, either
 * @param mcltSeconds maximum client lead time
 * @param dhcp4 whether both links have half as many addresses of DHCPv4
 */
record PairPlan(
    String allocator,
    int addresses,
    int prefixBits,
    Reserved reserved,
    long validSeconds,
    int holdSeconds,
    long mcltSeconds,
    boolean dhcp4) {
  /** What is reserved, beside a prefix. */
  enum Reserved {
    /** Nothing at all. */
    NOTHING,
    /** An address of the secondary's half. */
    EVEN,
    /** An address of the primary's half. */
    ODD
  }

  private static final String TEXT =
      """
      {
        "Dhcp6": {
          "valid-lifetime": %d, "preferred-lifetime": %d,
          "decline-probation-period": %d, "allocator": "%s",
          "expired-leases-processing": { "hold-reclaimed-time": %d },
          "subnet6": [ { "interface": "eth1", %s },
            { "relay": { "ip-addresses": [ "2001:db8:2::ffff" ] }, %s } ]
        }%s
      }
      """;

  private static final String DHCP4 =
      """
      , "Dhcp4": {
          "valid-lifetime": %1$d, "decline-probation-period": %2$d, "allocator": "%3$s",
          "expired-leases-processing": { "hold-reclaimed-time": %4$d },
          "subnet4": [
            { "id": 1, "subnet": "10.1.0.0/16", "interface": "eth1", "failover": "pair",
              "rapid-commit": true, "pools": [ { "pool": "10.1.1.1 - 10.1.1.%5$d" } ] },
            { "id": 2, "subnet": "10.2.0.0/16", "failover": "pair",
              "rapid-commit": true, "pools": [ { "pool": "10.2.1.1 - 10.2.1.%5$d" } ] } ]
        }
      """;

  private static final String LINK =
      """
      "id": %1$d, "subnet": "2001:db8:%1$d::/64", "rapid-commit": true, "failover": "pair",
      "pools": [ { "pool": "2001:db8:%1$d::1:0 - 2001:db8:%1$d::1:%2$x" } ],
      "pd-pools": [ { "prefix": "2001:db8:%1$d000::", "prefix-len": %3$d, "delegated-len": 48 } ],
      "reservations": [ %4$s ]
      """;

  private static final String RESERVATION =
      """
      { "duid": "00:03:00:01:02:00:00:00:00:%1$02x",
        "ip-addresses": [ "2001:db8:%2$d::1:%3$d" ], "prefixes": [ "2001:db8:%2$d000::/48" ] }
      """;

  private static final Map<PairPlan, ServerPlan> COMPILED = new ConcurrentHashMap<>();

  ServerPlan plan() {
    return COMPILED.computeIfAbsent(this, PairPlan::compile);
  }

  private ServerPlan compile() {
    int rest = holdSeconds == 0 ? 60 : 300;
    String ipv4 =
        dhcp4
            ? DHCP4.formatted(
                validSeconds, rest, allocator, holdSeconds, Math.max(addresses / 2, 2))
            : "";
    String text =
        TEXT.formatted(
            validSeconds,
            validSeconds * 2 / 3,
            rest,
            allocator,
            holdSeconds,
            link(1),
            link(2),
            ipv4);
    PlanCompilation compilation =
        new PlanCompiler(StandardOptions.CATALOGUE, Includes.NONE)
            .compile(List.of(new Document("plan", text)), List.of());
    return compilation
        .plan()
        .orElseThrow(() -> new IllegalStateException(compilation.report().findings().toString()));
  }

  private String link(int number) {
    String kept =
        reserved == Reserved.NOTHING
            ? ""
            : RESERVATION.formatted(number - 1, number, reserved == Reserved.ODD ? 1 : 0);
    return LINK.formatted(number, addresses - 1, 48 - prefixBits, kept);
  }

  /** The same with clients of DHCPv4. */
  PairPlan withDhcp4() {
    return new PairPlan(
        allocator, addresses, prefixBits, reserved, validSeconds, holdSeconds, mcltSeconds, true);
  }

  /** Whether something is kept for one client, so that either server may give it. */
  boolean isReserved(LeaseKey key) {
    long unit = key.kind() == LeaseKind.IA_PD ? 0 : 0x10000 + (reserved == Reserved.ODD ? 1 : 0);
    return reserved != Reserved.NOTHING && key.address().low() == unit && isFirst(key);
  }

  private static boolean isFirst(LeaseKey key) {
    return key.kind() != LeaseKind.IA_PD
        || key.address().equals(Ipv6.ofText("2001:db8:1000::"))
        || key.address().equals(Ipv6.ofText("2001:db8:2000::"));
  }

  /** Whether a client has something only until it can get what is reserved for it. */
  boolean isStopgap(ClientIdentity client, LeaseKey key) {
    return reserved != Reserved.NOTHING
        && key.kind() != LeaseKind.IPV4
        && !isReserved(key)
        && client.value().at(client.value().length() - 1) < 2;
  }

  /** What the file of the relationship says. */
  FailoverSettings settings(Role role) {
    Map<String, String> file = new HashMap<>();
    file.put("role", role.name().toLowerCase(Locale.ROOT));
    file.put("partner", "tls://[2001:db8::2]");
    file.put("channel", "wall");
    file.put("mclt.seconds", Long.toString(mcltSeconds));
    file.put("keepalive.seconds", "10");
    file.put("contacts.per.keepalive", "2");
    file.put("startup.seconds", "20");
    file.put("connect.seconds", "2");
    file.put("connect.rejected.seconds", "5");
    file.put("progress.seconds", "60");
    file.put("max.unacked", "4");
    return FailoverFile.read(PairServer.RELATIONSHIP, file);
  }
}
