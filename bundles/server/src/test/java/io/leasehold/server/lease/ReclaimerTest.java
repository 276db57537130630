// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import static io.leasehold.server.lease.Leases.NOW;
import static io.leasehold.server.lease.Leases.active;
import static io.leasehold.server.lease.Leases.address;
import static io.leasehold.server.lease.Leases.lease;
import static io.leasehold.server.lease.Leases.link;
import static io.leasehold.server.lease.Leases.na;
import static io.leasehold.server.lease.Leases.subnet;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReclaimerTest {
  private static final LeaseKey ONE = na("2001:db8:1::1");

  private final LeaseTable table = new LeaseTable();
  private final LinkLeases leases =
      link(table, subnet(1, "2001:db8:1::/64").pool("2001:db8:1::1", "2001:db8:1::1"));
  private final Reclaimer reclaimer = new Reclaimer(table, List.of(leases), family -> 600);

  @Test
  void anActiveLeaseExpiresNotASecondEarlyAndIsRememberedForItsHoldTime() {
    leases.commit(active(ONE, 1, 1, NOW + 100));
    assertThat(reclaimer.reclaim(NOW + 100, 10)).isEmpty();
    assertThat(leases.choose(address(2, 1), NOW + 100)).isEmpty();
    List<LeaseChange> changes = reclaimer.reclaim(NOW + 105, 10);
    Lease expired = changes.get(0).lease().orElseThrow();
    assertThat(expired.state()).isEqualTo(LeaseState.EXPIRED);
    assertThat(expired.times()).isEqualTo(new LeaseTimes(NOW + 100, NOW, NOW + 100, NOW + 705));
    assertThat(table.find(ONE)).isEqualTo(expired);
    assertThat(leases.choose(address(2, 1), NOW + 105)).isPresent();
    assertThat(reclaimer.reclaim(NOW + 705, 10)).isEmpty();
    assertThat(reclaimer.reclaim(NOW + 706, 10)).containsExactly(LeaseChange.remove(ONE));
    assertThat(table.size()).isZero();
  }

  @Test
  void aDeclinedAddressComesBackAfterItsProbation() {
    leases.commit(lease(ONE, 1, 1, LeaseState.ABANDONED, NOW + 100));
    assertThat(reclaimer.reclaim(NOW + 100, 10)).isEmpty();
    assertThat(reclaimer.reclaim(NOW + 101, 10)).containsExactly(LeaseChange.remove(ONE));
    assertThat(leases.choose(address(2, 1), NOW + 100)).isPresent();
  }

  @Test
  void withoutHoldTimeAnExpiredLeaseIsForgottenAtOnce() {
    leases.commit(active(ONE, 1, 1, NOW));
    assertThat(new Reclaimer(table, List.of(leases), family -> 0).reclaim(NOW + 1, 10))
        .containsExactly(LeaseChange.remove(ONE));
  }

  @Test
  void infiniteLeasesNeverEnd() {
    leases.commit(active(ONE, 1, 1, LeaseTimes.NEVER));
    assertThat(table.nextDeadline()).isEqualTo(Long.MAX_VALUE);
    assertThat(reclaimer.reclaim(NOW + (1L << 40), 10)).isEmpty();
  }

  @Test
  void aLeaseWhoseSubnetHasAnotherIdNowIsGivenBackToItsPool() {
    Lease old = active(ONE, 1, 1, NOW);
    table.put(new Lease(ONE, 99, old.client(), 1, old.state(), old.times(), old.details()));
    LinkLeases renumbered =
        link(table, subnet(1, "2001:db8:1::/64").pool("2001:db8:1::1", "2001:db8:1::1"));
    assertThat(renumbered.choose(address(2, 1), NOW)).isEmpty();
    new Reclaimer(table, List.of(renumbered), family -> 600).reclaim(NOW + 1, 10);
    assertThat(renumbered.choose(address(2, 1), NOW)).isPresent();
  }

  @Test
  void aLeaseOfNoLinkIsReclaimedAllTheSame() {
    table.put(active(na("2001:db8:9::1"), 1, 1, NOW));
    reclaimer.reclaim(NOW + 1, 10);
    reclaimer.reclaim(NOW + 602, 10);
    assertThat(table.size()).isZero();
  }
}
