// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Duid;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.server.LeaseQuery;
import io.leasehold.server.lease.LeaseTable;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.ServerPlan;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a lane says of its leases when it has those of both families. */
class LaneLeasesTest {
  private static final LeaseKey ADDRESS = LeaseKey.address(Ipv6.ofText("2001:db8::5"));
  private static final LeaseKey PREFIX = LeaseKey.prefix(Prefix.ofText("ffff:ffff:ffff:ff00::/56"));
  private static final LeaseKey IPV4 = LeaseKey.address(Family.IPV4, Ipv6.ofText("0.0.0.0"));
  private static final LeaseKey OF_REALM =
      new LeaseKey(1, LeaseKind.IPV4, Ipv6.ofText("10.0.0.1"), 128);

  private final Lane lane = new Lane(0, new Counters(), new SplittableRandom(1));

  @BeforeEach
  void fill() {
    ServerPlan plan =
        new ServerPlan(
            "empty",
            FamilyPlan.none(Family.IPV6),
            FamilyPlan.none(Family.IPV4),
            OptionCatalogue.EMPTY);
    Regime regime =
        new Regime(plan, Duid.ofText("00:02:00:00:00:09:01"), List.of(), new Counters(), 1);
    LeaseTable table = new LeaseTable();
    for (LeaseKey key : List.of(ADDRESS, PREFIX, IPV4, OF_REALM)) {
      table.put(lease(key));
    }
    lane.adopt(
        regime,
        table,
        word -> {
          throw new AssertionError(word);
        });
  }

  private static Lease lease(LeaseKey key) {
    return new Lease(
        key,
        1,
        ClientIdentity.NONE,
        0,
        LeaseState.ABANDONED,
        new LeaseTimes(1, 1, 1, 1),
        LeaseDetails.NONE);
  }

  @Test
  void leasesOfOneFamilyAreListedAndCounted() {
    LeaseQuery v4 = LeaseQuery.ALL.ofFamily(Family.IPV4);
    LeaseQuery v6 = LeaseQuery.ALL.ofFamily(Family.IPV6);

    assertThat(lane.list(v6, null, 9).leases())
        .extracting(Lease::key)
        .containsExactly(ADDRESS, PREFIX);
    assertThat(lane.list(v4, null, 9).leases())
        .extracting(Lease::key)
        .containsExactly(IPV4, OF_REALM);
    assertThat(lane.list(v4, IPV4, 9).leases()).extracting(Lease::key).containsExactly(OF_REALM);
    assertThat(lane.size(Family.IPV6)).isEqualTo(2);
    assertThat(lane.size(Family.IPV4)).isEqualTo(2);
  }

  @Test
  void subnetsWithTheSameIdAreNotWipedTogether() {
    lane.wipe(LeaseQuery.ALL.ofFamily(Family.IPV4).ofSubnet(1), null, 2);

    assertThat(lane.list(LeaseQuery.ALL, null, 9).leases())
        .extracting(Lease::key)
        .containsExactly(ADDRESS, PREFIX);
    assertThat(lane.size(Family.IPV4)).isZero();
  }
}
