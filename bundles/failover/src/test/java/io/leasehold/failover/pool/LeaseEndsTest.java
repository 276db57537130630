// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.pool;

import static io.leasehold.failover.pool.PoolSamples.BOB;
import static io.leasehold.failover.pool.PoolSamples.EVEN;
import static io.leasehold.failover.pool.PoolSamples.ODD;
import static io.leasehold.failover.pool.PoolSamples.PREFIX;
import static io.leasehold.failover.pool.PoolSamples.due;
import static io.leasehold.failover.pool.PoolSamples.facts;
import static io.leasehold.failover.pool.PoolSamples.lease;
import static io.leasehold.failover.pool.PoolSamples.partnerDown;
import static io.leasehold.failover.pool.PoolSamples.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LeaseEndsTest {
  private static final RelationshipView NORMAL = PoolSamples.view(Role.PRIMARY, ServerState.NORMAL);

  private static Lease over(RelationshipView view, Lease lease, long now) {
    return view.over(lease, now).orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(names = {"EXPIRED", "RELEASED"})
  void whatHasEndedStaysUntilThePartnerKnows(LeaseState ended) {
    Lease lease = sent(lease(ODD, ended, 100, 200));
    for (ServerState state :
        new ServerState[] {ServerState.NORMAL, ServerState.COMMUNICATIONS_INTERRUPTED}) {
      Lease after = over(PoolSamples.view(Role.PRIMARY, state), lease, 201);
      assertThat(after.state()).isEqualTo(ended);
      assertThat(after.times().stateSince()).isEqualTo(100);
      assertThat(after.times().expires()).as("looked at again").isGreaterThan(201);
      assertThat(LeaseMarks.of(after)).isEqualTo(LeaseMarks.of(lease));
    }
  }

  @Test
  void partnerIsToldOfWhatEndedBeforeThereWasOne() {
    Lease after = over(NORMAL, lease(ODD, LeaseState.EXPIRED, 100, 200), 201);
    assertThat(LeaseMarks.of(after).isDue()).isTrue();
  }

  @Test
  void inPartnerDownItIsFreeForItsOwnerWhenTheMcltHasPassed() {
    RelationshipView view = RelationshipView.of(partnerDown(Role.PRIMARY, 2000));
    assertThat(over(view, due(lease(ODD, LeaseState.EXPIRED, 1290, 1900)), 2059))
        .satisfies(
            waiting -> {
              assertThat(waiting.state()).isEqualTo(LeaseState.EXPIRED);
              assertThat(waiting.times().expires()).isEqualTo(2060);
            });
    for (LeaseState ended :
        new LeaseState[] {LeaseState.EXPIRED, LeaseState.RELEASED, LeaseState.RESET}) {
      assertFreed(view, due(lease(ODD, ended, 1290, 1900)), LeaseState.FREE);
      assertFreed(view, due(lease(PREFIX, ended, 1290, 1900)), LeaseState.FREE);
      assertFreed(view, due(lease(EVEN, ended, 1290, 1900)), LeaseState.FREE_BACKUP);
    }
  }

  private static void assertFreed(RelationshipView view, Lease lease, LeaseState expected) {
    Lease after = over(view, lease, 2060);
    if (lease.state() == LeaseState.RESET) {
      after = over(view, after, after.times().expires());
    }
    assertThat(after.state()).isEqualTo(expected);
    assertThat(LeaseMarks.of(after))
        .as("the partner hears of it when it is back")
        .isEqualTo(new LeaseMarks(true, false, false, 0, 0, 0, 0));
  }

  @Test
  void declinedAddressIsResetAfterItsProbation() {
    Lease declined = due(lease(ODD, LeaseState.ABANDONED, 100, 200));
    Lease reset = over(NORMAL, declined, 201);
    assertThat(reset.state()).isEqualTo(LeaseState.RESET);
    assertThat(reset.times().stateSince())
        .as("the partner's client of later is the later news")
        .isEqualTo(100);
    assertThat(LeaseMarks.of(reset).isDue()).isTrue();
    assertThat(LeaseMarks.of(reset).isSent()).isFalse();
    Lease acknowledged = LeaseMarks.NONE.on(reset);
    assertThat(NORMAL.over(acknowledged, reset.times().expires())).isEmpty();
    assertThat(over(NORMAL, reset, reset.times().expires()).state()).isEqualTo(LeaseState.RESET);
  }

  @Test
  void addressThatWasTakenBackHasExpiredWhenItsClientsTimeIsOver() {
    Lease after = over(NORMAL, due(lease(ODD, LeaseState.RESET, 100, 900)), 901);
    assertThat(after.state()).isEqualTo(LeaseState.EXPIRED);
    assertThat(after.times().stateSince()).isEqualTo(900);
    assertThat(NORMAL.over(lease(ODD, LeaseState.RESET, 100, 900), 901))
        .as("both knew that it was taken back")
        .isEmpty();
  }

  @Test
  void clientThatNobodyWantsToRememberHasEnded() {
    Lease lease = lease(ODD, LeaseState.ACTIVE, 100, 200);
    Lease expired = over(NORMAL, lease, 201);
    assertThat(expired.state()).isEqualTo(LeaseState.EXPIRED);
    assertThat(expired.times().stateSince()).isEqualTo(200);
    assertThat(LeaseMarks.of(expired).isDue()).isTrue();
    assertThat(over(NORMAL, lease, 150).state()).isEqualTo(LeaseState.RELEASED);
  }

  @Test
  void whatIsFreeIsForgottenOnceThePartnerKnows() {
    for (LeaseKey key : new LeaseKey[] {ODD, EVEN, PREFIX}) {
      Lease free = lease(key, LeaseState.FREE, 100, 200);
      assertThat(NORMAL.over(free, 201)).isEmpty();
      assertThat(NORMAL.over(due(free), 201)).isPresent();
    }
    assertThat(NORMAL.over(lease(EVEN, LeaseState.FREE_BACKUP, 100, 200), 201)).isEmpty();
    assertThat(over(NORMAL, lease(PREFIX, LeaseState.FREE_BACKUP, 100, 200), 201).state())
        .as("what was handed over stays so")
        .isEqualTo(LeaseState.FREE_BACKUP);
  }

  @ParameterizedTest
  @EnumSource
  void whatStaysIsNotLookedAtAtOnceAgain(LeaseState state) {
    for (RelationshipView view :
        new RelationshipView[] {NORMAL, RelationshipView.of(partnerDown(Role.SECONDARY, 1000))}) {
      for (boolean isDue : new boolean[] {false, true}) {
        Lease lease = lease(PREFIX, state, 100, 1000);
        Optional<Lease> after = view.over(isDue ? due(lease) : lease, 1001);
        after.ifPresent(it -> assertThat(it.times().expires()).isGreaterThan(1001));
      }
    }
  }

  @Test
  void lastingEndsAreBorrowableOnly() {
    Lease wiped = due(lease(ODD, LeaseState.RESET, 1290, LeaseTimes.NEVER));
    RelationshipView view = RelationshipView.of(partnerDown(Role.PRIMARY, 2000));
    assertThat(ReuseRule.freeAt(facts(Role.PRIMARY, ServerState.NORMAL), wiped)).isEqualTo(1350);
    assertThat(view.mayGive(ODD, Optional.of(wiped), BOB, 2060)).isTrue();
  }
}
