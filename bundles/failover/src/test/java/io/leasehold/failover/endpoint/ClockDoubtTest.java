// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import static io.leasehold.codec.failover.ServerState.COMMUNICATIONS_INTERRUPTED;
import static io.leasehold.codec.failover.ServerState.NORMAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseState;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a client got back from a server whose clock is behind, when the other server has heard its
 * Release before: once the clocks agree, the times have it the other way round.
 */
final class ClockDoubtTest {
  private static final long LONG = 100_000;
  private static final long BEHIND = -67;

  /** Longer than a partner is left alone that was refused. */
  private static final long SOON = 150;

  private static Node of(TestPair pair, Role role) {
    return role == Role.PRIMARY ? pair.primary : pair.secondary;
  }

  /** Both know that a client has an address. */
  private static TestPair pair() {
    TestPair pair = TestPair.normal("connect.rejected.seconds = 5");
    pair.primary.give(1, LONG);
    pair.settle();
    pair.pass(SOON);
    pair.assertNormal();
    return pair;
  }

  /** The client is heard by the one, and 20 s later by the other one, whose clock is behind. */
  private static void releaseAndGive(TestPair pair, Node behind) {
    Node right = behind == pair.primary ? pair.secondary : pair.primary;
    assertThat(pair.areBoth(COMMUNICATIONS_INTERRUPTED)).isTrue();
    right.release(1);
    pair.pass(20);
    behind.give(1, LONG);
    pair.pass(20);
  }

  private static void assertHad(TestPair pair) {
    pair.assertNormal();
    for (Node node : new Node[] {pair.primary, pair.secondary}) {
      assertThat(node.leases.values()).extracting(Lease::state).containsExactly(LeaseState.ACTIVE);
    }
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void partnersThatRefuseEachOtherKeepWhatAClientHas(Role role) {
    TestPair pair = pair();
    Node behind = of(pair, role);
    behind.offset = BEHIND;
    pair.pass(60);
    releaseAndGive(pair, behind);
    behind.offset = 0;
    pair.pass(SOON);
    assertHad(pair);
  }

  /** The other clock was ahead, which its server cannot see: it is told, and remembers that. */
  @ParameterizedTest
  @EnumSource(Role.class)
  void doubtOutlivesARestart(Role role) {
    TestPair pair = pair();
    Node behind = of(pair, role);
    of(pair, role.other()).offset = -BEHIND;
    pair.pass(60);
    releaseAndGive(pair, behind);
    assertThat(behind.stored().past().doubtedUntil()).isEqualTo(ClockDoubt.STANDING);
    pair.crash(behind);
    of(pair, role.other()).offset = 0;
    pair.pass(SOON);
    pair.boot(behind);
    pair.pass(SOON);
    assertHad(pair);
  }

  /** The other clock is set while they do not hear each other: the first sign is a refusal. */
  @ParameterizedTest
  @EnumSource(Role.class)
  void aConnectThatIsRefusedTellsBothOfTheirClocks(Role role) {
    TestPair pair = pair();
    pair.cut();
    pair.pass(60);
    of(pair, role.other()).offset = -BEHIND;
    pair.pass(60);
    assertThat(of(pair, role).stored().past().doubtedUntil()).isZero();
    pair.heal();
    pair.pass(60);
    assertThat(pair.areBoth(COMMUNICATIONS_INTERRUPTED)).isTrue();
    assertThat(of(pair, role).stored().past().doubtedUntil()).isEqualTo(ClockDoubt.STANDING);
  }

  /** Nobody could say that it was behind. */
  @ParameterizedTest
  @EnumSource(Role.class)
  void aClockThatIsSetForwardWasBehind(Role role) {
    TestPair pair = pair();
    Node behind = of(pair, role);
    pair.cut();
    pair.pass(60);
    behind.offset = BEHIND;
    pair.pass(60);
    releaseAndGive(pair, behind);
    behind.offset = 0;
    pair.heal();
    pair.pass(SOON);
    assertHad(pair);
  }

  @Test
  void withClocksThatAgreeAReleaseIsTheLaterNews() {
    TestPair pair = pair();
    pair.cut();
    pair.pass(60);
    pair.primary.give(1, LONG);
    pair.pass(20);
    pair.secondary.release(1);
    pair.heal();
    pair.pass(SOON);
    pair.assertNormal();
    assertThat(pair.primary.leases.values())
        .extracting(Lease::state)
        .containsExactly(LeaseState.FREE);
    assertThat(pair.primary.stored().past().doubtedUntil()).isZero();
  }

  /** What is given when clocks agree again ends by a Release that the other one hears. */
  @Test
  void doubtEndsWithTheNextConnection() {
    TestPair pair = pair();
    pair.primary.offset = BEHIND;
    pair.pass(60);
    pair.primary.offset = 0;
    pair.passUntil(SOON, () -> pair.areBoth(NORMAL));
    assertThat(pair.primary.stored().past().doubtedUntil())
        .isBetween(pair.clock.wall() - 60, pair.clock.wall());
    pair.cut();
    pair.pass(60);
    pair.primary.give(1, LONG);
    pair.pass(20);
    pair.secondary.release(1);
    pair.heal();
    pair.pass(SOON);
    pair.assertNormal();
    assertThat(pair.primary.leases.values())
        .extracting(Lease::state)
        .containsExactly(LeaseState.FREE);
  }

  @ParameterizedTest
  @ValueSource(longs = {-3600, -6, -5, 0, 5})
  void aClockThatIsNotSetForwardGivesNoDoubt(long seconds) {
    ClockDoubt doubt = new ClockDoubt(0, at(0, 0));
    assertThat(doubt.look(false, false, at(10, seconds))).isFalse();
    assertThat(doubt.agreed(at(20, seconds))).isFalse();
    assertThat(doubt.until()).isZero();
  }

  @Test
  void doubtLastsUntilClocksAgree() {
    ClockDoubt doubt = new ClockDoubt(0, at(0, 0));
    assertThat(doubt.look(false, false, at(10, 6))).isTrue();
    assertThat(doubt.look(false, true, at(20, 6))).as("there is one").isFalse();
    assertThat(doubt.until()).isEqualTo(ClockDoubt.STANDING);
    assertThat(doubt.agreed(at(30, 6))).isTrue();
    assertThat(doubt.until()).isEqualTo(at(30, 6).wallSeconds());
    assertThat(doubt.look(true, false, at(40, 60))).as("the partner would say so").isFalse();
    assertThat(doubt.until()).isEqualTo(at(30, 6).wallSeconds());
    assertThat(doubt.look(false, true, at(50, 60))).isTrue();
  }

  private static Moment at(long seconds, long offset) {
    return new Moment(TestClock.START + seconds + offset, TimeUnit.SECONDS.toNanos(seconds));
  }
}
