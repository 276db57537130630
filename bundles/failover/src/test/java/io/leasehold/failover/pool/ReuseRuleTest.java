// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.pool;

import static io.leasehold.failover.pool.PoolSamples.ALICE;
import static io.leasehold.failover.pool.PoolSamples.BOB;
import static io.leasehold.failover.pool.PoolSamples.EVEN;
import static io.leasehold.failover.pool.PoolSamples.ODD;
import static io.leasehold.failover.pool.PoolSamples.PREFIX;
import static io.leasehold.failover.pool.PoolSamples.due;
import static io.leasehold.failover.pool.PoolSamples.lease;
import static io.leasehold.failover.pool.PoolSamples.partnerDown;
import static io.leasehold.failover.pool.PoolSamples.sent;
import static io.leasehold.failover.pool.PoolSamples.some;
import static io.leasehold.failover.pool.PoolSamples.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Ipv6;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReuseRuleTest {
  private static final long NOW = 5000;

  /** With acked-partner-lifetime and expiration-time. */
  private static Lease expired(long since, long acked, long ours) {
    Lease lease = lease(ODD, LeaseState.EXPIRED, since, since + 3600);
    return new LeaseMarks(false, false, false, 0, acked, ours, 0).on(lease);
  }

  @ParameterizedTest
  @EnumSource(names = {"EXPIRED", "RELEASED", "RESET"})
  void whatHasEndedIsNobodysBeforeThePartnerKnows(LeaseState ended) {
    for (ServerState state :
        new ServerState[] {
          ServerState.NORMAL,
          ServerState.COMMUNICATIONS_INTERRUPTED,
          ServerState.RESOLUTION_INTERRUPTED,
          ServerState.CONFLICT_DONE
        }) {
      RelationshipView view = view(Role.PRIMARY, state);
      for (LeaseKey key : new LeaseKey[] {ODD, PREFIX}) {
        Optional<Lease> told = some(sent(lease(key, ended, 100, LeaseTimes.NEVER)));
        Optional<Lease> untold = some(due(lease(key, ended, 100, LeaseTimes.NEVER)));
        assertThat(view.isFree(key, told)).isFalse();
        assertThat(view.mayGive(key, told, BOB, 1_000_000)).isFalse();
        assertThat(view.mayGive(key, told, ALICE, 1_000_000)).isFalse();
        assertThat(view.mayGive(key, untold, BOB, 1_000_000)).isFalse();
      }
    }
  }

  @Test
  void clientGetsBackWhatThePartnerHasNotHeardOf() {
    RelationshipView view = view(Role.PRIMARY, ServerState.COMMUNICATIONS_INTERRUPTED);
    for (LeaseState ended : new LeaseState[] {LeaseState.EXPIRED, LeaseState.RELEASED}) {
      Lease lease = lease(ODD, ended, NOW - 10, NOW + 100);
      assertThat(view.mayGive(ODD, some(due(lease)), ALICE, NOW)).isTrue();
      assertThat(view.mayGive(ODD, some(sent(lease)), ALICE, NOW)).isFalse();
      assertThat(view.mayGive(ODD, some(lease), ALICE, NOW))
          .as("of an end that the partner knows")
          .isFalse();
    }
    Lease reset = lease(ODD, LeaseState.RESET, NOW - 10, NOW + 100);
    assertThat(view.mayGive(ODD, some(due(reset)), ALICE, NOW)).as("taken back").isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsReservedByDuidIsOfBothHalvesAndShares(Role role) {
    RelationshipView view = view(role, ServerState.NORMAL);
    for (LeaseKey key : new LeaseKey[] {ODD, EVEN, PREFIX}) {
      assertThat(view.mayGiveReserved(key, Optional.empty(), ALICE, NOW)).isTrue();
      for (LeaseState state : LeaseState.values()) {
        Optional<Lease> present = some(sent(lease(key, state, 100, LeaseTimes.NEVER)));
        boolean isAvailable = state == LeaseState.FREE || state == LeaseState.FREE_BACKUP;
        assertThat(view.mayGiveReserved(key, present, BOB, NOW))
            .as("%s %s", key, state)
            .isEqualTo(isAvailable);
      }
    }
    LeaseKey anycast = LeaseKey.address(Ipv6.ofText("2001:db8::"));
    assertThat(view.mayGiveReserved(anycast, Optional.empty(), ALICE, NOW)).isFalse();
  }

  @Test
  void whatIsReservedByDuidIsGivenOnlyWhereAnythingIs() {
    for (ServerState state :
        new ServerState[] {
          ServerState.STARTUP, ServerState.RECOVER_DONE, ServerState.POTENTIAL_CONFLICT
        }) {
      for (LeaseKey key : new LeaseKey[] {ODD, EVEN}) {
        assertThat(view(Role.PRIMARY, state).mayGiveReserved(key, Optional.empty(), ALICE, NOW))
            .isFalse();
      }
    }
    RelationshipView down = RelationshipView.of(partnerDown(Role.PRIMARY, 2000));
    Optional<Lease> ended = some(lease(EVEN, LeaseState.EXPIRED, 1500, 9000));
    assertThat(down.mayGiveReserved(EVEN, ended, BOB, 2059)).isFalse();
    assertThat(down.mayGiveReserved(EVEN, ended, BOB, 2060)).isTrue();
    assertThat(down.mayGive(EVEN, ended, BOB, 2060)).isFalse();
  }

  @Test
  void inPartnerDownTheMcltPassesAfterAllThatMayBeCountedOn() {
    RelationshipView view = RelationshipView.of(partnerDown(Role.PRIMARY, 2000));
    Optional<Lease> one = some(expired(1290, 1230, 0));
    assertThat(view.mayGive(ODD, one, BOB, 2059)).isFalse();
    assertThat(view.mayGive(ODD, one, BOB, 2060)).isTrue();
    Optional<Lease> acknowledged = some(expired(1290, 4000, 0));
    assertThat(view.mayGive(ODD, acknowledged, BOB, 4059)).isFalse();
    assertThat(view.mayGive(ODD, acknowledged, BOB, 4060)).isTrue();
    Optional<Lease> ours = some(expired(1290, 1230, 4000));
    assertThat(view.mayGive(ODD, ours, BOB, 4059)).isFalse();
    assertThat(view.mayGive(ODD, ours, BOB, 4060)).isTrue();
    Lease said = new LeaseMarks(true, true, false, 4000, 0, 0, 0).on(expired(1290, 0, 0));
    assertThat(view.mayGive(ODD, some(said), BOB, 4059)).isFalse();
    assertThat(view.mayGive(ODD, some(said), BOB, 4060)).isTrue();
    Optional<Lease> late = some(expired(3000, 0, 0));
    assertThat(view.mayGive(ODD, late, BOB, 3059)).isFalse();
    assertThat(view.mayGive(ODD, late, BOB, 3060)).isTrue();
  }

  @Test
  void largestMcltSinceNormalCounts() {
    RelationshipView view =
        RelationshipView.of(
            new RelationshipFacts(
                Role.PRIMARY, ServerState.PARTNER_DOWN, 2000, 60, 600, 2000, false));
    Optional<Lease> ended = some(expired(1290, 0, 0));
    assertThat(view.mayGive(ODD, ended, BOB, 2599)).isFalse();
    assertThat(view.mayGive(ODD, ended, BOB, 2600)).isTrue();
    assertThat(view.borrows(2599)).isFalse();
    assertThat(view.borrows(2600)).isTrue();
  }

  /** What it hears of only after it serves again it would give, too, if the connection broke. */
  @Test
  void nothingIsTakenOverFromAPartnerThatIsBack() {
    RelationshipView view =
        RelationshipView.of(
            new RelationshipFacts(
                Role.SECONDARY, ServerState.PARTNER_DOWN, 2000, 60, 60, 2000, true, true, true));
    assertThat(view.borrows(9000)).isFalse();
    assertThat(view.mayGive(PREFIX, Optional.empty(), BOB, 9000)).isFalse();
    Optional<Lease> ended = some(due(lease(EVEN, LeaseState.EXPIRED, 1290, 1290)));
    assertThat(view.mayGive(EVEN, ended, BOB, 9000)).isFalse();
    assertThat(view.over(ended.get(), 9000).orElseThrow().state()).isEqualTo(LeaseState.EXPIRED);
    assertThat(view.mayGive(EVEN, Optional.empty(), BOB, 9000)).as("its own").isTrue();
    assertThat(view.promisedSeconds(Optional.empty(), 86_400, 9000)).isEqualTo(86_400);
  }

  @Property
  void partnersHalfIsNeverGiven(
      @ForAll Role role, @ForAll ServerState state, @ForAll LeaseState recorded) {
    LeaseKey others = role == Role.PRIMARY ? EVEN : ODD;
    RelationshipView view =
        RelationshipView.of(new RelationshipFacts(role, state, 0, 60, 60, 1, true));
    assertThat(view.isOurs(others)).isFalse();
    assertThat(view.isFree(others, Optional.empty())).isFalse();
    assertThat(view.mayGive(others, Optional.empty(), BOB, 1_000_000)).isFalse();
    Lease told = sent(lease(others, recorded, 10, 20));
    assertThat(view.mayGive(others, some(told), BOB, 1_000_000)).isFalse();
  }

  @Test
  void prefixesAreThePrimarysUnlessTheyWereHandedOver() {
    Optional<Lease> unknown = Optional.empty();
    Optional<Lease> free = some(lease(PREFIX, LeaseState.FREE, 10, 20));
    Optional<Lease> backup = some(lease(PREFIX, LeaseState.FREE_BACKUP, 10, LeaseTimes.NEVER));
    RelationshipView primary = view(Role.PRIMARY, ServerState.COMMUNICATIONS_INTERRUPTED);
    RelationshipView secondary = view(Role.SECONDARY, ServerState.COMMUNICATIONS_INTERRUPTED);
    for (Optional<Lease> present : List.of(unknown, free)) {
      assertThat(primary.isFree(PREFIX, present)).isTrue();
      assertThat(primary.mayGive(PREFIX, present, BOB, NOW)).isTrue();
      assertThat(secondary.isFree(PREFIX, present)).isFalse();
      assertThat(secondary.mayGive(PREFIX, present, BOB, NOW)).isFalse();
    }
    assertThat(primary.isFree(PREFIX, backup)).isFalse();
    assertThat(primary.mayGive(PREFIX, backup, BOB, NOW)).isFalse();
    assertThat(secondary.isFree(PREFIX, backup)).isTrue();
    assertThat(secondary.mayGive(PREFIX, backup, BOB, NOW)).isTrue();
  }

  @Test
  void prefixThatWasAskedBackIsNobodysUntilTheSecondaryAgrees() {
    Optional<Lease> asked =
        some(sent(lease(PREFIX, LeaseState.PENDING_FREE, 10, LeaseTimes.NEVER)));
    RelationshipView primary = view(Role.PRIMARY, ServerState.NORMAL);
    assertThat(primary.isFree(PREFIX, asked)).isFalse();
    assertThat(primary.mayGive(PREFIX, asked, BOB, NOW)).isFalse();
    assertThat(
            RelationshipView.of(partnerDown(Role.PRIMARY, 2000)).mayGive(PREFIX, asked, BOB, 2060))
        .isTrue();
  }

  @Test
  void partnersPrefixesAreBorrowedWhenTheMcltHasPassedSinceItIsDown() {
    RelationshipView secondary = RelationshipView.of(partnerDown(Role.SECONDARY, 2000));
    RelationshipView primary = RelationshipView.of(partnerDown(Role.PRIMARY, 2000));
    Optional<Lease> backup = some(lease(PREFIX, LeaseState.FREE_BACKUP, 10, LeaseTimes.NEVER));
    assertThat(secondary.mayGive(PREFIX, Optional.empty(), BOB, 2059)).isFalse();
    assertThat(secondary.mayGive(PREFIX, Optional.empty(), BOB, 2060)).isTrue();
    assertThat(primary.mayGive(PREFIX, backup, BOB, 2059)).isFalse();
    assertThat(primary.mayGive(PREFIX, backup, BOB, 2060)).isTrue();
    assertThat(secondary.borrows(2059)).isFalse();
    assertThat(secondary.borrows(2060)).isTrue();
    assertThat(secondary.isFree(PREFIX, Optional.empty())).as("own prefixes come first").isFalse();
    assertThat(view(Role.SECONDARY, ServerState.COMMUNICATIONS_INTERRUPTED).borrows(1_000_000))
        .isFalse();
  }

  @Test
  void whatBothKnowHasEndedIsItsOwnersAgain() {
    for (LeaseState ended :
        new LeaseState[] {LeaseState.EXPIRED, LeaseState.RELEASED, LeaseState.PENDING_FREE}) {
      assertAcknowledged(ODD, ended, LeaseState.FREE);
      assertAcknowledged(EVEN, ended, LeaseState.FREE_BACKUP);
      assertAcknowledged(PREFIX, ended, LeaseState.FREE);
    }
    Lease declined = lease(ODD, LeaseState.ABANDONED, 10, 20);
    Lease reset = declined.with(LeaseState.RESET, declined.times());
    assertThat(ReuseRule.acknowledged(reset, NOW).orElseThrow().state()).isEqualTo(LeaseState.FREE);
    assertThat(ReuseRule.acknowledged(lease(ODD, LeaseState.RESET, 10, NOW + 60), NOW))
        .as("taken back from a client that may have it still")
        .isEmpty();
    for (LeaseState stays :
        new LeaseState[] {
          LeaseState.ACTIVE, LeaseState.FREE, LeaseState.FREE_BACKUP, LeaseState.ABANDONED
        }) {
      assertThat(ReuseRule.acknowledged(lease(ODD, stays, 10, 20), NOW)).isEmpty();
    }
  }

  private static void assertAcknowledged(LeaseKey key, LeaseState ended, LeaseState expected) {
    Lease free = ReuseRule.acknowledged(lease(key, ended, 10, NOW + 60), NOW).orElseThrow();
    assertThat(free.state()).isEqualTo(expected);
    assertThat(free.times().expires()).as("the client is remembered").isEqualTo(NOW + 60);
  }

  @Test
  void prefixThatTheSecondaryDoesNotGiveBackStaysItsOwn() {
    Lease asked = sent(lease(PREFIX, LeaseState.PENDING_FREE, 10, LeaseTimes.NEVER));
    Lease kept = ReuseRule.rejected(asked, NOW).orElseThrow();
    assertThat(kept.state()).isEqualTo(LeaseState.FREE_BACKUP);
    assertThat(LeaseMarks.of(kept)).isEqualTo(LeaseMarks.NONE);
    assertThat(ReuseRule.rejected(lease(PREFIX, LeaseState.ACTIVE, 10, 20), NOW)).isEmpty();
  }
}
