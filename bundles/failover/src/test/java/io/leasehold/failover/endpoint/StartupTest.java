// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import static io.leasehold.codec.failover.ServerState.COMMUNICATIONS_INTERRUPTED;
import static io.leasehold.codec.failover.ServerState.CONFLICT_DONE;
import static io.leasehold.codec.failover.ServerState.NORMAL;
import static io.leasehold.codec.failover.ServerState.PARTNER_DOWN;
import static io.leasehold.codec.failover.ServerState.POTENTIAL_CONFLICT;
import static io.leasehold.codec.failover.ServerState.RECOVER;
import static io.leasehold.codec.failover.ServerState.RECOVER_DONE;
import static io.leasehold.codec.failover.ServerState.RECOVER_WAIT;
import static io.leasehold.codec.failover.ServerState.RESOLUTION_INTERRUPTED;
import static io.leasehold.codec.failover.ServerState.STARTUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.allocation.GovernorView.Service;
import io.leasehold.codec.failover.ServerFlags;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.failover.lease.Role;
import io.leasehold.net.Bytes;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** STARTUP (RFC 8156 sections 8.2 and 8.3). */
final class StartupTest {
  private static final ServerFlags REMEMBERS = new ServerFlags(true, false, false);

  private static Peer fresh(Role role, String... lines) {
    Peer peer = new Peer(role, lines);
    peer.node.boot();
    return peer;
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void nobodyIsAnsweredInStartup(Role role) {
    Peer peer = Peer.of(role, Peer.past(NORMAL));
    assertThat(peer.node.state()).isEqualTo(STARTUP);
    assertThat(peer.node.service()).isEqualTo(Service.NONE);
    peer.pass(29);
    assertThat(peer.node.service()).isEqualTo(Service.NONE);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void startupIsAFlagBesideTheFormerState(Role role) {
    Peer peer = Peer.of(role, Peer.past(RECOVER_DONE)).connect();
    assertThat(peer.words()).containsExactly("STATE RECOVER-DONE");
    assertThat(peer.lastReport().flags().startup()).isTrue();
    peer.says(COMMUNICATIONS_INTERRUPTED);
    assertThat(peer.words()).containsExactly("STATE RECOVER-DONE", "STATE RECOVER-DONE");
    assertThat(peer.lastReport().flags().startup()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void statesThatNeedThePartnerEndWithTheProcess(Role role) {
    assertThat(Peer.of(role, Peer.past(NORMAL)).late().node.state())
        .isEqualTo(COMMUNICATIONS_INTERRUPTED);
    assertThat(Peer.of(role, Peer.past(POTENTIAL_CONFLICT)).late().node.state())
        .isEqualTo(RESOLUTION_INTERRUPTED);
  }

  @ParameterizedTest
  @EnumSource(
      value = ServerState.class,
      names = {
        "COMMUNICATIONS_INTERRUPTED",
        "PARTNER_DOWN",
        "RECOVER",
        "RECOVER_WAIT",
        "RECOVER_DONE",
        "RESOLUTION_INTERRUPTED",
        "CONFLICT_DONE"
      })
  void otherStatesGoOnWhenNoPartnerIsHeard(ServerState state) {
    Peer peer = Peer.of(Role.PRIMARY, Peer.past(state));
    peer.pass(29);
    assertThat(peer.node.state()).isEqualTo(STARTUP);
    peer.pass(1);
    assertThat(peer.node.state()).isEqualTo(state);
    assertThat(peer.node.stored().own().since()).isEqualTo(TestClock.START - 1000);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void onlyAPrimaryWasInConflictDone(Role role) {
    assertThat(Peer.of(role, Peer.past(CONFLICT_DONE)).late().node.state())
        .isEqualTo(role == Role.PRIMARY ? CONFLICT_DONE : RESOLUTION_INTERRUPTED);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void timeBeforeThePartnerIsHeardIsConfigured(Role role) {
    Peer peer = Peer.of(role, Peer.past(NORMAL), "startup.seconds = 5");
    peer.pass(4);
    assertThat(peer.node.state()).isEqualTo(STARTUP);
    peer.pass(1);
    assertThat(peer.node.state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void serverWithoutAPastRecovers(Role role) {
    Peer peer = fresh(role).connect();
    assertThat(peer.words()).containsExactly("STATE RECOVER");
    assertThat(peer.lastReport().flags().communicated()).isFalse();
    peer.hangUp().late();
    assertThat(peer.node.state()).isEqualTo(RECOVER);
    assertThat(peer.node.service()).isEqualTo(Service.NONE);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void newServerServesAloneIfThatIsConfigured(Role role) {
    Peer peer = fresh(role, "commission.alone = true");
    peer.pass(29);
    assertThat(peer.node.state()).isEqualTo(STARTUP);
    peer.pass(1);
    assertThat(peer.node.state()).isEqualTo(PARTNER_DOWN);
    assertThat(peer.node.service()).isEqualTo(Service.ALL);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void onlyANewServerServesAlone(Role role) {
    assertThat(Peer.of(role, Peer.past(RECOVER), "commission.alone = true").late().node.state())
        .isEqualTo(RECOVER);
    Peer unreadable = new Peer(role, "commission.alone = true");
    unreadable.node.note = Optional.of(Bytes.of(9));
    unreadable.node.boot();
    assertThat(unreadable.late().node.state()).isEqualTo(RECOVER);
    Peer heard = fresh(role, "commission.alone = true").connect().says(RECOVER);
    assertThat(heard.pass(60).node.state()).isEqualTo(RECOVER);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void partnerThatServedAloneAfterwardsIsLearnedFrom(Role role) {
    Peer peer = Peer.of(role, Peer.past(NORMAL)).connect();
    peer.says(PARTNER_DOWN, REMEMBERS, TestClock.START - 2);
    assertThat(peer.node.state()).isEqualTo(RECOVER);
    assertThat(peer.words()).endsWith("STATE RECOVER", "UPDREQ");
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void partnerThatServedAloneMeanwhileIsAConflict(Role role) {
    Peer peer = Peer.of(role, Peer.past(NORMAL)).connect();
    peer.says(PARTNER_DOWN, REMEMBERS, TestClock.START - 11);
    assertThat(peer.node.state()).isEqualTo(POTENTIAL_CONFLICT);
  }

  @ParameterizedTest
  @EnumSource(
      value = ServerState.class,
      names = {"RECOVER", "RECOVER_WAIT", "RECOVER_DONE"})
  void whoRecoversFromAPartnerThatServesAloneGoesOn(ServerState state) {
    Peer peer = Peer.of(Role.SECONDARY, Peer.past(state)).connect();
    peer.says(PARTNER_DOWN, REMEMBERS, TestClock.START - 900);
    assertThat(peer.node.state()).isEqualTo(state);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void partnerDownHoldsSinceItsFirstMomentOverRestarts(Role role) {
    Peer peer = Peer.of(role, Peer.past(PARTNER_DOWN)).late().connect();
    AbsoluteTime since = AbsoluteTime.ofUnixSeconds(TestClock.START - 1000);
    assertThat(peer.lastReport().since()).isEqualTo(since);
    assertThat(peer.lastReport().partnerDown()).contains(since);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void whatThePartnerSaidInStartupCountsAfterwards(Role role) {
    Peer peer = Peer.of(role, Peer.past(PARTNER_DOWN)).connect();
    peer.says(COMMUNICATIONS_INTERRUPTED);
    assertThat(peer.node.state()).isEqualTo(POTENTIAL_CONFLICT);
    assertThat(peer.node.states())
        .containsExactly("PARTNER-DOWN", "PARTNER-DOWN", "POTENTIAL-CONFLICT");
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void connectionWithoutAStateIsNoContact(Role role) {
    Peer peer = Peer.of(role, Peer.past(NORMAL)).connect().hangUp();
    peer.pass(29);
    assertThat(peer.node.state()).isEqualTo(STARTUP);
    assertThat(peer.late().node.state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void recoverWaitGoesOnOverRestarts(Role role) {
    EndpointRecord past = Peer.past(RECOVER_WAIT);
    past = past.with(past.past().quiet(TestClock.START - 3000));
    Peer peer = Peer.of(role, past).late();
    assertThat(peer.node.state()).isEqualTo(RECOVER_WAIT);
    peer.pass(569);
    assertThat(peer.node.state()).isEqualTo(RECOVER_WAIT);
    peer.pass(1);
    assertThat(peer.node.state()).isEqualTo(RECOVER_DONE);
  }
}
