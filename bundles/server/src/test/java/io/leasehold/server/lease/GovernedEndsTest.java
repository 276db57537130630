// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import static io.leasehold.server.lease.Leases.NOW;
import static io.leasehold.server.lease.Leases.active;
import static io.leasehold.server.lease.Leases.governed;
import static io.leasehold.server.lease.Leases.lease;
import static io.leasehold.server.lease.Leases.na;
import static io.leasehold.server.lease.Leases.subnet;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How leases end that two servers share (RFC 8156 section 7.2). */
class GovernedEndsTest {
  private static final LeaseKey KEY = na("2001:db8::11");

  private final LeaseTable table = new LeaseTable();
  private final FakeGovernor governor = new FakeGovernor(true);
  private final LinkLeases link = link(governor);
  private final Reclaimer reclaimer = reclaimer(link);

  private LinkLeases link(FakeGovernor governorOrNull) {
    return governed(
        table, governorOrNull, subnet(1, "2001:db8::/64").pool("2001:db8::10", "2001:db8::1f"));
  }

  private Reclaimer reclaimer(LinkLeases of) {
    return new Reclaimer(table, List.of(of), family -> 0);
  }

  @Test
  void anExpiredLeaseIsMarkedAndStays() {
    link.commit(active(KEY, 1, 1, NOW));

    Lease expired = reclaimer.reclaim(NOW + 2, 10).get(0).lease().orElseThrow();

    assertThat(expired.state()).isEqualTo(LeaseState.EXPIRED);
    assertThat(FakeGovernor.marks(expired)).isEqualTo(1);
    assertThat(governor.terms).isEmpty();
  }

  @Test
  void whatBecomesOfItThenIsForItsGovernorToSay() {
    Lease expired = lease(KEY, 1, 1, LeaseState.EXPIRED, NOW);
    link.commit(expired);

    governor.over = Optional.of(expired);
    assertThat(reclaimer.reclaim(NOW + 2, 10)).as("it stays").isEmpty();
    assertThat(table.nextDeadline())
        .as("and is not asked about all the time")
        .isGreaterThan(NOW + 2);

    governor.over = Optional.of(lease(KEY, 1, 1, LeaseState.FREE, NOW + 600));
    assertThat(reclaimer.reclaim(NOW + 100, 10)).hasSize(1);
    assertThat(table.stateOf(KEY)).isEqualTo(LeaseState.FREE);

    governor.over = Optional.empty();
    assertThat(reclaimer.reclaim(NOW + 700, 10)).containsExactly(LeaseChange.remove(KEY));
    assertThat(table.size()).isZero();
  }

  @Test
  void nothingEndsWithoutAGovernor() {
    LinkLeases closed = link(null);
    closed.commit(active(KEY, 1, 1, NOW));
    Reclaimer without = reclaimer(closed);

    assertThat(without.reclaim(NOW + 2, 10)).isEmpty();
    assertThat(without.release(table.find(KEY), NOW)).isNull();
    assertThat(without.forget(table.find(KEY), NOW)).isNull();
    assertThat(table.stateOf(KEY)).isEqualTo(LeaseState.ACTIVE);
    assertThat(table.nextDeadline()).isGreaterThan(NOW + 2);

    assertThat(reclaimer.reclaim(NOW + 100, 10))
        .as("it ends when there is a governor again")
        .hasSize(1);
  }

  @Test
  void whatAnOperatorReleasesThePartnerHearsOf() {
    link.commit(active(KEY, 1, 1, NOW + 600));
    Lease released = reclaimer.release(table.find(KEY), NOW).lease().orElseThrow();

    assertThat(released.state()).isEqualTo(LeaseState.RELEASED);
    assertThat(FakeGovernor.marks(released)).isEqualTo(1);
    assertThat(reclaimer.release(released, NOW)).as("it waits for the partner").isNull();

    link.commit(lease(KEY, 1, 1, LeaseState.ABANDONED, NOW + 600));
    Lease reset = reclaimer.release(table.find(KEY), NOW).lease().orElseThrow();
    assertThat(reset.state()).isEqualTo(LeaseState.RESET);
    assertThat(FakeGovernor.marks(reset)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(LeaseState.class)
  void aWipeForgetsTheClientAndNotTheLease(LeaseState state) {
    Lease marked =
        governor.marked(
            Optional.empty(), lease(KEY, 1, 1, state, NOW + 600), Optional.empty(), NOW);
    link.commit(marked);

    Lease left = reclaimer.forget(marked, NOW).lease().orElseThrow();

    assertThat(left.client()).isEqualTo(ClientIdentity.NONE);
    assertThat(FakeGovernor.marks(left)).isPositive();
    assertThat(left.state())
        .isEqualTo(
            switch (state) {
              case ACTIVE, EXPIRED, RELEASED, ABANDONED, RESET -> LeaseState.RESET;
              case FREE, FREE_BACKUP, PENDING_FREE -> state;
            });
    assertThat(reclaimer.forget(left, NOW)).isNull();
  }
}
