// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.pool;

import static io.leasehold.failover.pool.PoolSamples.ALICE;
import static io.leasehold.failover.pool.PoolSamples.ODD;
import static io.leasehold.failover.pool.PoolSamples.acked;
import static io.leasehold.failover.pool.PoolSamples.lease;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.allocation.GovernorView.Terms;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RelationshipViewTest {
  private static final RelationshipView VIEW = PoolSamples.view(Role.PRIMARY, ServerState.NORMAL);
  private static final Lease BEFORE =
      new LeaseMarks(false, true, true, 40, 30, 20, 10)
          .on(lease(ODD, LeaseState.ACTIVE, 100, 1000));

  private static LeaseMarks marks(Lease after, Terms terms) {
    return LeaseMarks.of(VIEW.marked(Optional.of(BEFORE), after, Optional.ofNullable(terms), 500));
  }

  @Test
  void partnerIsToldOfTheNextRenewalAndTheWholeLifetimeAfterIt() {
    Lease after = lease(ODD, LeaseState.ACTIVE, 100, 560);
    assertThat(marks(after, new Terms(25, 600)))
        .isEqualTo(new LeaseMarks(true, false, false, 500 + 25 + 600, 30, 20, 10));
    assertThat(marks(after, new Terms(0, 600)).partnerLifetime())
        .as("a client that is told no time renews at half")
        .isEqualTo(500 + 30 + 600);
    assertThat(marks(after, new Terms(0xffff_ffffL, 0xffff_ffffL)).partnerLifetime())
        .isEqualTo(500L + Integer.MAX_VALUE);
  }

  @Test
  void leaseIsKeptUntilTheLongestPromiseOfItsClientEnds() {
    Lease shorter = lease(ODD, LeaseState.ACTIVE, 100, 560);
    Optional<Terms> terms = Optional.of(new Terms(30, 60));
    assertThat(expires(Optional.of(BEFORE), shorter, terms))
        .as("the client may not hear of the shorter one")
        .isEqualTo(1000);
    assertThat(expires(Optional.of(BEFORE), lease(ODD, LeaseState.ACTIVE, 100, 1060), terms))
        .isEqualTo(1060);
    Lease free = lease(ODD, LeaseState.FREE, 100, 1000);
    assertThat(expires(Optional.of(free), shorter, terms)).as("a new lease").isEqualTo(560);
    Lease released = BEFORE.ended(LeaseState.RELEASED, new LeaseTimes(500, 500, 500, 520));
    assertThat(expires(Optional.of(BEFORE), released, Optional.empty())).isEqualTo(520);
  }

  /** RFC 8156 section 7.5.4: updates are judged by the time of the client's last word. */
  @Test
  void whatComesAfterAClockWasSetRightIsNoOlderNews() {
    Lease ahead = BEFORE.with(LeaseState.ACTIVE, new LeaseTimes(1100, 1100, 1130, 1160));
    Lease released = BEFORE.ended(LeaseState.RELEASED, new LeaseTimes(500, 500, 500, 520));
    assertThat(VIEW.marked(Optional.of(ahead), released, Optional.empty(), 500).times())
        .isEqualTo(new LeaseTimes(500, 1100, 500, 520));
    assertThat(VIEW.marked(Optional.of(BEFORE), released, Optional.empty(), 500).times())
        .isEqualTo(released.times());
    Lease unheard = BEFORE.ended(LeaseState.RESET, new LeaseTimes(500, 0, 500, 520));
    assertThat(VIEW.marked(Optional.of(ahead), unheard, Optional.empty(), 500).times())
        .isEqualTo(unheard.times());
  }

  private static long expires(Optional<Lease> before, Lease after, Optional<Terms> terms) {
    return VIEW.marked(before, after, terms, 500).times().expires();
  }

  @Test
  void whatThePartnerWasToldStaysWhenALeaseEnds() {
    Lease after = BEFORE.ended(LeaseState.RELEASED, BEFORE.times());
    assertThat(marks(after, null)).isEqualTo(new LeaseMarks(true, false, false, 40, 30, 20, 10));
    Lease declined = lease(ODD, LeaseState.ABANDONED, 500, 900);
    assertThat(marks(declined, null)).isEqualTo(new LeaseMarks(true, false, false, 40, 30, 20, 10));
  }

  @Test
  void clientThatReturnsInTimeContinues() {
    Lease expired = acked(lease(ODD, LeaseState.EXPIRED, 100, 1000), 900);
    Lease after = lease(ODD, LeaseState.ACTIVE, 100, 560);
    Optional<Terms> terms = Optional.of(new Terms(30, 600));
    assertThat(LeaseMarks.of(VIEW.marked(Optional.of(expired), after, terms, 500)).acked())
        .isEqualTo(900);
    assertThat(after.client()).isEqualTo(ALICE);
  }

  @Test
  void whatIsWrittenForTheFirstTimeIsDue() {
    Lease after = lease(ODD, LeaseState.ACTIVE, 500, 560);
    Lease marked = VIEW.marked(Optional.empty(), after, Optional.of(new Terms(30, 600)), 500);
    assertThat(LeaseMarks.of(marked)).isEqualTo(new LeaseMarks(true, false, false, 1130, 0, 0, 0));
    assertThat(LeaseMarks.NONE.on(marked)).isEqualTo(after);
  }

  @Test
  void largestMcltIsNeverLessThanTheOneInForce() {
    RelationshipFacts facts =
        new RelationshipFacts(Role.PRIMARY, ServerState.NORMAL, 0, 60, 0, 0, true);
    assertThat(facts.largestMcltSeconds()).isEqualTo(60);
  }
}
