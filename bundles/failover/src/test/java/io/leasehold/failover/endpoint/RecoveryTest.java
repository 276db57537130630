// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import static io.leasehold.codec.failover.ServerState.COMMUNICATIONS_INTERRUPTED;
import static io.leasehold.codec.failover.ServerState.NORMAL;
import static io.leasehold.codec.failover.ServerState.PARTNER_DOWN;
import static io.leasehold.codec.failover.ServerState.POTENTIAL_CONFLICT;
import static io.leasehold.codec.failover.ServerState.RECOVER;
import static io.leasehold.codec.failover.ServerState.RECOVER_DONE;
import static io.leasehold.codec.failover.ServerState.RECOVER_WAIT;
import static io.leasehold.codec.failover.ServerState.RESOLUTION_INTERRUPTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.allocation.GovernorView.Service;
import io.leasehold.codec.failover.ServerFlags;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.failover.lease.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RECOVER, RECOVER-WAIT, RECOVER-DONE (RFC 8156 sections 8.5 to 8.7). */
final class RecoveryTest {
  private static final ServerFlags REMEMBERS = new ServerFlags(true, false, false);
  private static final ServerFlags NEW = new ServerFlags(false, false, false);

  private static Peer recovering(Role role) {
    return Peer.of(role, Peer.past(RECOVER)).late().connect().says(PARTNER_DOWN);
  }

  @ParameterizedTest
  @EnumSource(
      value = ServerState.class,
      names = {"POTENTIAL_CONFLICT", "RESOLUTION_INTERRUPTED", "CONFLICT_DONE"})
  void conflictOfThePartnerIsOurs(ServerState theirs) {
    Peer peer = Peer.of(Role.SECONDARY, Peer.past(RECOVER)).late().connect().says(theirs);
    assertThat(peer.node.state()).isEqualTo(POTENTIAL_CONFLICT);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void whatWasMissedIsAskedFor(Role role) {
    Peer peer = recovering(role);
    assertThat(peer.words()).containsExactly("STATE RECOVER", "UPDREQ");
    assertThat(peer.node.service()).isEqualTo(Service.NONE);
    peer.says(PARTNER_DOWN).says(PARTNER_DOWN);
    assertThat(peer.requests()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void everythingIsAskedForWhenThePartnerRemembersMore(Role role) {
    Peer lost = new Peer(role);
    lost.node.boot();
    lost.connect().says(COMMUNICATIONS_INTERRUPTED, REMEMBERS, lost.clock.wall());
    assertThat(lost.words()).endsWith("STATE RECOVER", "UPDREQALL");

    Peer fresh = new Peer(role);
    fresh.node.boot();
    fresh.connect().says(RECOVER, NEW, fresh.clock.wall());
    assertThat(fresh.words()).endsWith("STATE RECOVER", "UPDREQ");
  }

  @Test
  void firstWordOfThePartnerSaysWhatItRemembers() {
    Peer lost = new Peer(Role.PRIMARY);
    lost.node.boot();
    lost.connect().says(COMMUNICATIONS_INTERRUPTED, NEW, lost.clock.wall());
    lost.says(COMMUNICATIONS_INTERRUPTED, REMEMBERS, lost.clock.wall());
    lost.saysUpdDone();
    assertThat(lost.node.state()).isEqualTo(RECOVER_DONE);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void updDoneEndsRecover(Role role) {
    Peer peer = recovering(role).saysUpdDone();
    assertThat(peer.node.state()).isEqualTo(RECOVER_WAIT);
    assertThat(peer.words()).endsWith("STATE RECOVER-WAIT");
    assertThat(peer.node.service()).isEqualTo(Service.NONE);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void updDoneOfAnotherIdIsNothing(Role role) {
    Peer peer = recovering(role);
    int id = peer.lastRequest().transactionId();
    peer.says(Dhcp6MessageType.UPDDONE, id ^ 0xff, Options.EMPTY);
    assertThat(peer.node.state()).isEqualTo(RECOVER);
    peer.saysUpdDone();
    assertThat(peer.node.state()).isEqualTo(RECOVER_WAIT);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void updDoneBeforeAnythingWasAskedIsNothing(Role role) {
    Peer peer = Peer.of(role, Peer.past(RECOVER)).late().connect();
    peer.says(Dhcp6MessageType.UPDDONE, 7, Options.EMPTY).says(PARTNER_DOWN);
    assertThat(peer.node.state()).isEqualTo(RECOVER);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void lostConnectionAsksAgain(Role role) {
    Peer peer = recovering(role);
    int before = peer.lastRequest().transactionId();
    peer.hangUp();
    assertThat(peer.node.state()).isEqualTo(RECOVER);
    peer.connect();
    assertThat(peer.requests()).isEmpty();
    peer.says(PARTNER_DOWN);
    assertThat(peer.words()).containsExactly("STATE RECOVER", "UPDREQ");
    peer.says(Dhcp6MessageType.UPDDONE, before, Options.EMPTY);
    peer.saysUpdDone();
    assertThat(peer.node.state()).isEqualTo(RECOVER_WAIT);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void requestThatDoesNotGoOnEndsTheConnection(Role role) {
    Peer peer = recovering(role);
    peer.pass(299);
    assertThat(peer.isOpen()).isTrue();
    peer.pass(2);
    assertThat(peer.isOpen()).isFalse();
    assertThat(peer.node.state()).isEqualTo(RECOVER);
    peer.connect().says(PARTNER_DOWN);
    assertThat(peer.requests()).hasSize(1);
  }

  /** Failed at 5000, restarted at 5010, UPDDONE at 5030: until 5000 and the MCLT. */
  @ParameterizedTest
  @EnumSource(Role.class)
  void waitCountsFromTheFailure(Role role) {
    EndpointRecord past = Peer.past(NORMAL);
    past = past.with(past.past().running(TestClock.START - 10, true));
    Peer peer = Peer.of(role, past).connect();
    peer.says(PARTNER_DOWN, REMEMBERS, TestClock.START - 8).pass(20).saysUpdDone();
    assertThat(peer.node.state()).isEqualTo(RECOVER_WAIT);
    peer.pass(3600 - 10 - 20 - 1);
    assertThat(peer.node.state()).isEqualTo(RECOVER_WAIT);
    peer.pass(1);
    assertThat(peer.node.state()).isEqualTo(RECOVER_DONE);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void failureLongAgoNeedsNoWait(Role role) {
    EndpointRecord past = Peer.past(NORMAL);
    past = past.with(past.past().running(TestClock.START - 4010, true));
    Peer peer = Peer.of(role, past).connect();
    peer.says(PARTNER_DOWN, REMEMBERS, TestClock.START - 3000).saysUpdDone();
    assertThat(peer.node.state()).isEqualTo(RECOVER_DONE);
    assertThat(peer.node.states()).endsWith("RECOVER", "RECOVER-WAIT", "RECOVER-DONE");
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void whoDidNotStopInGoodOrderMayHaveRunOn(Role role) {
    EndpointRecord past = Peer.past(NORMAL);
    past = past.with(past.past().running(TestClock.START - 3600, false));
    Peer peer = Peer.of(role, past).connect();
    peer.says(PARTNER_DOWN, REMEMBERS, TestClock.START - 3000).saysUpdDone();
    peer.pass(Startup.UNKNOWN_SECONDS - 1);
    assertThat(peer.node.state()).isEqualTo(RECOVER_WAIT);
    peer.pass(1);
    assertThat(peer.node.state()).isEqualTo(RECOVER_DONE);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void withoutATimeOfFailureTheStartCounts(Role role) {
    Peer peer = new Peer(role);
    peer.node.boot();
    peer.pass(10).connect().says(PARTNER_DOWN).saysUpdDone();
    peer.pass(3589);
    assertThat(peer.node.state()).isEqualTo(RECOVER_WAIT);
    peer.pass(1);
    assertThat(peer.node.state()).isEqualTo(RECOVER_DONE);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void largestMcltSinceNormalIsWaitedFor(Role role) {
    EndpointRecord past = Peer.past(NORMAL).lead(7200).lead(3600);
    Peer peer = Peer.of(role, past).connect();
    peer.says(PARTNER_DOWN, REMEMBERS, TestClock.START - 3).saysUpdDone();
    peer.pass(7194);
    assertThat(peer.node.state()).isEqualTo(RECOVER_WAIT);
    peer.pass(1);
    assertThat(peer.node.state()).isEqualTo(RECOVER_DONE);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void pairThatNeverRanSkipsTheWait(Role role) {
    Peer peer = new Peer(role);
    peer.node.boot();
    peer.connect().says(RECOVER, NEW, peer.clock.wall()).saysUpdDone();
    assertThat(peer.node.states()).containsSubsequence("RECOVER", "RECOVER-WAIT", "RECOVER-DONE");
    assertThat(peer.clock.wall()).isEqualTo(TestClock.START);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void whoHasServedDoesNotSkipTheWait(Role role) {
    Peer peer = new Peer(role, "commission.alone = true");
    peer.node.boot();
    peer.late();
    assertThat(peer.node.state()).isEqualTo(PARTNER_DOWN);
    peer.pass(100);
    peer.node.crash();
    peer.node.boot();
    peer.connect().says(PARTNER_DOWN, NEW, peer.clock.wall()).saysUpdDone();
    assertThat(peer.node.state()).isEqualTo(RECOVER_WAIT);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void waitGoesOnWithoutTheConnection(Role role) {
    Peer peer = recovering(role).saysUpdDone().hangUp();
    assertThat(peer.node.state()).isEqualTo(RECOVER_WAIT);
    peer.pass(3600);
    assertThat(peer.node.state()).isEqualTo(RECOVER_DONE);
    assertThat(peer.node.service()).isEqualTo(Service.RECORDED);
    peer.connect();
    assertThat(peer.words()).containsExactly("STATE RECOVER-DONE");
  }

  @ParameterizedTest
  @EnumSource(
      value = ServerState.class,
      names = {"NORMAL", "RECOVER_DONE"})
  void partnerThatIsReadyEndsRecoverDone(ServerState theirs) {
    Peer peer = Peer.of(Role.SECONDARY, Peer.past(RECOVER_DONE)).late().connect().says(theirs);
    assertThat(peer.node.state()).isEqualTo(NORMAL);
    assertThat(peer.words()).startsWith("STATE RECOVER-DONE", "STATE NORMAL");
  }

  @ParameterizedTest
  @EnumSource(
      value = ServerState.class,
      names = {"RECOVER", "RECOVER_WAIT"})
  void partnerThatRecoversIsServedFor(ServerState theirs) {
    Peer peer = Peer.of(Role.SECONDARY, Peer.past(RECOVER_DONE)).late().connect().says(theirs);
    assertThat(peer.node.state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
    assertThat(peer.node.service()).isEqualTo(Service.ALL);
  }

  @ParameterizedTest
  @EnumSource(
      value = ServerState.class,
      names = {"POTENTIAL_CONFLICT", "RESOLUTION_INTERRUPTED", "CONFLICT_DONE"})
  void recoverDoneMeetsAConflict(ServerState theirs) {
    Peer peer = Peer.of(Role.SECONDARY, Peer.past(RECOVER_DONE)).late().connect().says(theirs);
    assertThat(peer.node.state()).isEqualTo(POTENTIAL_CONFLICT);
  }

  @Test
  void whatWasLostIsAskedForInAConflictToo() {
    Peer peer = new Peer(Role.PRIMARY);
    peer.node.boot();
    peer.connect().says(RESOLUTION_INTERRUPTED);
    assertThat(peer.node.state()).isEqualTo(POTENTIAL_CONFLICT);
    assertThat(peer.words()).endsWith("STATE POTENTIAL-CONFLICT", "UPDREQALL");
  }
}
