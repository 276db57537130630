// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import static io.leasehold.codec.failover.ServerState.COMMUNICATIONS_INTERRUPTED;
import static io.leasehold.codec.failover.ServerState.NORMAL;
import static io.leasehold.codec.failover.ServerState.PARTNER_DOWN;
import static io.leasehold.codec.failover.ServerState.RECOVER;
import static io.leasehold.codec.failover.ServerState.RECOVER_WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.allocation.GovernorView.Service;
import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.Lease;
import io.leasehold.net.Bytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two servers with each other: they come together again, whatever happened. */
final class PairTest {
  private static final long MCLT = 3600;

  /** Time in which two servers that see each other have said everything. */
  private static final long SOON = 60;

  private static Node of(TestPair pair, Role role) {
    return role == Role.PRIMARY ? pair.primary : pair.secondary;
  }

  private static Node other(TestPair pair, Role role) {
    return of(pair, role.other());
  }

  @Test
  void twoFreshServersNeedNotWaitForTheMclt() {
    TestPair pair = new TestPair().boot();
    assertThat(pair.passUntil(SOON, () -> pair.areBoth(NORMAL))).isLessThan(10);
    pair.pass(SOON);
    pair.assertNormal();
    assertThat(pair.wire).contains("> UPDREQ", "< UPDREQ").doesNotContain("> UPDREQALL");
  }

  @Test
  void leasesOfBeforeFailoverGoOver() {
    TestPair pair = new TestPair();
    Lease old = pair.primary.lease(7, 100_000);
    pair.primary.leases.put(old.key(), old);
    Lease other = pair.secondary.lease(8, 100_000);
    pair.secondary.leases.put(other.key(), other);
    pair.boot().pass(SOON);
    pair.assertNormal();
    assertThat(pair.secondary.content()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void lateComerIsWaitedForWithoutService(Role role) {
    TestPair pair = new TestPair();
    Node first = of(pair, role);
    pair.boot(first);
    pair.pass(1000);
    assertThat(first.state()).isEqualTo(RECOVER);
    assertThat(first.service()).isEqualTo(Service.NONE);
    assertThat(first.status().alarms()).isNotEmpty();
    pair.boot(other(pair, role));
    pair.pass(SOON);
    pair.assertNormal();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void serverThatIsCommissionedAloneServesAndIsJoined(Role role) {
    TestPair pair = new TestPair("commission.alone = true");
    Node first = of(pair, role);
    pair.boot(first);
    pair.pass(31);
    assertThat(first.state()).isEqualTo(PARTNER_DOWN);
    first.give(role == Role.PRIMARY ? 1 : 2, 600);
    pair.boot(other(pair, role));
    pair.pass(SOON);
    assertThat(pair.areBoth(NORMAL)).isTrue();
    assertThat(other(pair, role).content()).hasSize(1).isEqualTo(first.content());
    assertThat(first.status().alarms())
        .as("what it needed once")
        .singleElement()
        .asString()
        .contains("commission.alone is still set");
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void restartLeadsBackWithoutAWait(Role role) {
    TestPair pair = TestPair.normal();
    pair.pass(100);
    pair.crash(of(pair, role));
    assertThat(other(pair, role).state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
    assertThat(other(pair, role).service()).isEqualTo(Service.ALL);
    pair.pass(100);
    pair.boot(of(pair, role));
    assertThat(of(pair, role).service()).isIn(Service.NONE, Service.ALL, Service.OWN);
    pair.pass(SOON);
    pair.assertNormal();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void stopSaysThatThePartnerHasToServe(Role role) {
    TestPair pair = TestPair.normal();
    pair.pass(100);
    pair.stop(of(pair, role));
    assertThat(pair.wire).contains(role == Role.PRIMARY ? "> DISCONNECT" : "< DISCONNECT");
    assertThat(other(pair, role).state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
    assertThat(of(pair, role).stored().past().hasStopped()).isTrue();
    assertThat(of(pair, role).stored().past().lastRunning()).isEqualTo(pair.clock.wall());
    pair.boot(of(pair, role));
    pair.pass(SOON);
    pair.assertNormal();
  }

  @Test
  void connectionThatIsLostComesBack() {
    TestPair pair = TestPair.normal();
    pair.primary.give(1, MCLT);
    pair.settle();
    pair.pass(SOON);
    assertThat(pair.secondary.content()).hasSize(1);

    pair.cut();
    assertThat(pair.areBoth(COMMUNICATIONS_INTERRUPTED)).isTrue();
    pair.primary.give(3, MCLT);
    pair.secondary.give(4, MCLT);
    pair.pass(1000);
    assertThat(pair.areBoth(COMMUNICATIONS_INTERRUPTED)).isTrue();
    pair.heal();
    pair.pass(SOON);
    pair.assertNormal();
    assertThat(pair.primary.content()).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void partnerThatWasDownRecovers(Role role) {
    TestPair pair = TestPair.normal();
    pair.pass(100);
    Node down = of(pair, role);
    Node alone = other(pair, role);
    pair.crash(down);
    long failed = pair.clock.wall();
    assertThat(alone.order(Order.PARTNER_DOWN).good).isPresent();
    assertThat(alone.state()).isEqualTo(PARTNER_DOWN);
    alone.give(5, 86_400);
    pair.pass(500);

    pair.boot(down);
    pair.pass(SOON);
    assertThat(down.state()).isEqualTo(RECOVER_WAIT);
    assertThat(alone.state()).isEqualTo(PARTNER_DOWN);
    assertThat(down.content()).hasSize(1);
    pair.passUntil(2 * MCLT, () -> pair.areBoth(NORMAL));
    assertThat(pair.clock.wall() - failed).isBetween(MCLT, MCLT + Startup.UNKNOWN_SECONDS);
    pair.pass(SOON);
    pair.assertNormal();
    assertThat(down.states())
        .containsSubsequence("RECOVER", "RECOVER-WAIT", "RECOVER-DONE", "NORMAL");
  }

  /** Otherwise it would give them, too, if the connection broke as soon as both are in NORMAL. */
  @ParameterizedTest
  @EnumSource(Role.class)
  void partnerKnowsWhatWasGivenWhileItWaitedBeforeItServes(Role role) {
    TestPair pair = TestPair.normal();
    Node down = of(pair, role);
    Node alone = other(pair, role);
    pair.pass(100);
    pair.crash(down);
    alone.order(Order.PARTNER_DOWN);
    pair.boot(down);
    pair.pass(SOON);
    assertThat(down.state()).isEqualTo(RECOVER_WAIT);
    alone.give(5, 86_400);
    pair.wire.clear();
    pair.passUntil(2 * MCLT, () -> pair.areBoth(NORMAL));
    pair.pass(5);

    String fromDown = role == Role.PRIMARY ? "> " : "< ";
    String fromAlone = role == Role.PRIMARY ? "< " : "> ";
    assertThat(pair.wire)
        .containsSubsequence(
            fromDown + "STATE RECOVER-DONE",
            fromAlone + "BNDUPD",
            fromDown + "BNDREPLY",
            fromAlone + "STATE NORMAL",
            fromDown + "STATE NORMAL")
        .contains("< POOLREQ");
    assertThat(down.content()).isEqualTo(alone.content()).hasSize(1);
  }

  @Test
  void bothServedAloneAndResolveTheConflict() {
    TestPair pair = TestPair.normal();
    pair.pass(100);
    pair.cut();
    for (Node node : List.of(pair.primary, pair.secondary)) {
      assertThat(node.order(Order.PARTNER_DOWN).good).isPresent();
    }
    pair.primary.give(1, 900);
    pair.secondary.give(2, 900);
    pair.pass(100);
    pair.heal();
    pair.pass(SOON);
    pair.assertNormal();
    assertThat(pair.primary.content()).hasSize(2);
    assertThat(pair.primary.states())
        .containsSubsequence("PARTNER-DOWN", "POTENTIAL-CONFLICT", "CONFLICT-DONE", "NORMAL");
    assertThat(pair.secondary.states())
        .containsSubsequence("PARTNER-DOWN", "POTENTIAL-CONFLICT", "NORMAL")
        .doesNotContain("CONFLICT-DONE");
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void lostDiskIsLearnedAnew(Role role) {
    TestPair pair = TestPair.normal();
    for (int n = 1; n <= 20; n++) {
      Node giver = n % 2 == 1 ? pair.primary : pair.secondary;
      giver.give(n, MCLT);
    }
    pair.settle();
    pair.pass(100);
    Node lost = of(pair, role);
    pair.crash(lost);
    lost.note = Optional.empty();
    lost.leases.clear();
    long started = pair.clock.wall();
    pair.wire.clear();
    pair.boot(lost);
    pair.pass(SOON);
    assertThat(pair.wire).contains(role == Role.PRIMARY ? "> UPDREQALL" : "< UPDREQALL");
    assertThat(lost.state()).isEqualTo(RECOVER_WAIT);
    assertThat(lost.content()).hasSameSizeAs(other(pair, role).content()).hasSize(20);
    lost.leases.forEach(
        (key, lease) -> {
          Lease known = other(pair, role).leases.get(key);
          boolean wasOurs = LeaseMarks.of(known).ours() != 0;
          assertThat(lease.client()).isEqualTo(known.client());
          assertThat(lease.times().expires())
              .as("what it may have promised beyond that, and has forgotten, is kept")
              .isEqualTo(wasOurs ? LeaseMarks.of(known).ours() + MCLT : known.times().expires());
        });
    assertThat(other(pair, role).state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
    pair.passUntil(2 * MCLT, () -> pair.areBoth(NORMAL));
    assertThat(pair.clock.wall() - started).isEqualTo(MCLT);
  }

  @Test
  void lostDiskIsWaitedForAlsoBeforeBothWereInNormal() {
    TestPair pair = new TestPair();
    pair.boot();
    pair.passUntil(MCLT, () -> pair.primary.state() == COMMUNICATIONS_INTERRUPTED);
    pair.crash(pair.primary);
    pair.primary.note = Optional.empty();
    pair.boot(pair.primary);
    pair.pass(SOON);
    assertThat(pair.primary.state()).isEqualTo(RECOVER_WAIT);
  }

  /** The one that stopped meanwhile asks the other, as if that had everything. */
  @ParameterizedTest
  @EnumSource(Role.class)
  void whoIsForcedToServeWithoutItsLeasesLearnsThemBeforeBothServe(Role role) {
    TestPair pair = TestPair.normal();
    Node lost = of(pair, role);
    Node stopped = other(pair, role);
    stopped.give(1, MCLT);
    lost.give(2, MCLT);
    pair.settle();
    pair.pass(100);
    pair.crash(lost);
    pair.crash(stopped);
    lost.note = Optional.empty();
    lost.leases.clear();
    pair.boot(lost);
    pair.pass(SOON);
    assertThat(lost.order(Order.FORCED_PARTNER_DOWN).good).isPresent();
    assertThat(lost.state()).isEqualTo(PARTNER_DOWN);
    pair.boot(stopped);
    pair.passUntil(2 * MCLT, () -> pair.areBoth(NORMAL));
    assertThat(stopped.states()).contains("RECOVER");
    assertThat(lost.states()).doesNotContain("POTENTIAL-CONFLICT");
    assertThat(lost.content()).hasSize(2);
  }

  @Test
  void noteThatCannotBeReadIsALostDisk() {
    TestPair pair = TestPair.normal();
    pair.pass(100);
    pair.crash(pair.primary);
    pair.primary.note = Optional.of(Bytes.of(1, 2, 3));
    pair.wire.clear();
    pair.boot(pair.primary);
    pair.pass(SOON);
    assertThat(pair.primary.state()).isEqualTo(RECOVER_WAIT);
    assertThat(pair.primary.status().alarms()).anyMatch(alarm -> alarm.contains("cannot be read"));
    assertThat(pair.wire).contains("> UPDREQALL");
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void operatorMakesAServerLearnEverything(Role role) {
    TestPair pair = TestPair.normal();
    pair.primary.give(1, MCLT);
    pair.settle();
    pair.pass(100);
    Node learner = of(pair, role);
    learner.leases.clear();
    pair.wire.clear();
    assertThat(learner.order(Order.FORCE_RECOVER).good).isPresent();
    pair.settle();
    pair.pass(SOON);
    assertThat(learner.state()).isEqualTo(RECOVER_WAIT);
    assertThat(pair.wire).contains(role == Role.PRIMARY ? "> UPDREQALL" : "< UPDREQALL");
    assertThat(learner.content()).hasSize(1);
    pair.passUntil(2 * MCLT, () -> pair.areBoth(NORMAL));
    assertThat(pair.areBoth(NORMAL)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void drainedServerHandsOver(Role role) {
    TestPair pair = TestPair.normal();
    pair.pass(100);
    Node drained = of(pair, role);
    drained.give(1, MCLT);
    Node.Answer answer = drained.order(Order.DRAIN);
    assertThat(drained.service()).isEqualTo(Service.NONE);
    pair.settle();
    pair.pass(5);
    assertThat(answer.good).isPresent();
    assertThat(other(pair, role).content()).isEqualTo(drained.content()).hasSize(1);
    assertThat(other(pair, role).state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
    assertThat(other(pair, role).service()).isEqualTo(Service.ALL);
    pair.pass(1000);
    assertThat(drained.service()).isEqualTo(Service.NONE);
    assertThat(pair.primary.status().contact().up()).isFalse();
    pair.crash(drained);
    pair.boot(drained);
    pair.pass(SOON);
    pair.assertNormal();
  }

  @Test
  void primaryThatChangesTheMcltIsObeyed() {
    TestPair pair = TestPair.normal();
    pair.pass(100);
    assertThat(pair.secondary.status().contact().mcltSeconds()).isEqualTo(MCLT);
    pair.crash(pair.primary);
    TestPair changed = new TestPair("mclt.seconds = 1800");
    changed.primary.note = pair.primary.note;
    changed.secondary.note = pair.secondary.note;
    changed.boot().pass(SOON);
    assertThat(changed.secondary.status().contact().mcltSeconds()).isEqualTo(1800);
    assertThat(changed.secondary.stored().mcltSeconds()).isEqualTo(1800);
    assertThat(changed.areBoth(NORMAL)).isTrue();
  }

  @Test
  void sameEventsHaveTheSameEffects() {
    List<String> first = run();
    assertThat(run()).isEqualTo(first);
  }

  private static List<String> run() {
    TestPair pair = TestPair.normal();
    pair.primary.give(1, MCLT);
    pair.pass(100);
    pair.cut();
    pair.pass(100);
    pair.heal();
    pair.pass(100);
    pair.wire.addAll(pair.primary.log);
    pair.wire.addAll(pair.secondary.log);
    return pair.wire;
  }
}
