// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import static io.leasehold.codec.failover.ServerState.COMMUNICATIONS_INTERRUPTED;
import static io.leasehold.codec.failover.ServerState.NORMAL;
import static io.leasehold.codec.failover.ServerState.PARTNER_DOWN;
import static io.leasehold.codec.failover.ServerState.POTENTIAL_CONFLICT;
import static io.leasehold.codec.failover.ServerState.RECOVER;
import static io.leasehold.codec.failover.ServerState.RECOVER_DONE;
import static io.leasehold.codec.failover.ServerState.RECOVER_WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.allocation.GovernorView.Service;
import io.leasehold.codec.failover.ServerFlags;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.failover.lease.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** NORMAL, COMMUNICATIONS-INTERRUPTED, PARTNER-DOWN (RFC 8156 sections 8.4, 8.8 and 8.9). */
final class ContactTest {
  private static Peer normal(Role role, String... lines) {
    return Peer.of(role, Peer.past(COMMUNICATIONS_INTERRUPTED), lines).connect().says(NORMAL);
  }

  @Test
  void primaryServesAllAndTheSecondaryItsOwn() {
    assertThat(normal(Role.PRIMARY).node.service()).isEqualTo(Service.ALL);
    assertThat(normal(Role.SECONDARY).node.service()).isEqualTo(Service.OWN);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void endOfTheConnectionInterrupts(Role role) {
    Peer peer = normal(role).hangUp();
    assertThat(peer.node.state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
    assertThat(peer.node.service()).isEqualTo(Service.ALL);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void silenceOfThePartnerInterrupts(Role role) {
    Peer peer = normal(role);
    peer.clock.pass(59);
    peer.node.tick();
    assertThat(peer.node.state()).isEqualTo(NORMAL);
    peer.clock.pass(1);
    peer.node.tick();
    assertThat(peer.node.state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void disconnectInterrupts(Role role) {
    Peer peer = normal(role);
    StatusCode status = new StatusCode(Dhcp6StatusCode.SERVER_SHUTTING_DOWN, "for the night");
    peer.says(
        Dhcp6MessageType.DISCONNECT,
        3,
        Options.builder().add(Dhcp6Options.STATUS_CODE, status).build());
    assertThat(peer.node.state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
    assertThat(peer.node.status().events())
        .anyMatch(event -> event.what().contains("for the night"));
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void partnerThatAnswersNoUpdatesIsGivenUp(Role role) {
    Peer peer = normal(role);
    peer.node.give(role == Role.PRIMARY ? 1 : 2, 600);
    assertThat(peer.words()).contains("BNDUPD");
    peer.pass(peer.node.settings.progressSeconds() - 1);
    assertThat(peer.node.state()).isEqualTo(NORMAL);
    peer.pass(2);
    assertThat(peer.node.state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
    assertThat(peer.isOpen()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void lossOfThePartnerIsAnAlarmUntilItIsBack(Role role) {
    Peer peer = normal(role);
    assertThat(peer.node.status().alarms()).isEmpty();
    peer.hangUp();
    assertThat(peer.node.warnings).anyMatch(said -> said.startsWith("COMMUNICATIONS-INTERRUPTED"));
    assertThat(peer.node.status().alarms()).hasSize(1);
    peer.connect().says(COMMUNICATIONS_INTERRUPTED);
    assertThat(peer.node.status().alarms()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void unexpectedStateLeadsOverCommunicationsInterrupted(Role role) {
    Peer peer = normal(role).says(POTENTIAL_CONFLICT);
    assertThat(peer.node.states())
        .endsWith("NORMAL", "COMMUNICATIONS-INTERRUPTED", "POTENTIAL-CONFLICT");
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void operatorsWordCountsAtOnceInNormal(Role role) {
    Peer peer = normal(role);
    assertThat(peer.node.order(Order.PARTNER_DOWN).good).isPresent();
    assertThat(peer.node.state()).isEqualTo(PARTNER_DOWN);
    assertThat(peer.node.service()).isEqualTo(Service.ALL);
    assertThat(peer.lastReport().state()).isEqualTo(PARTNER_DOWN);
    peer.says(NORMAL);
    assertThat(peer.node.state()).isEqualTo(POTENTIAL_CONFLICT);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void operatorsWordCountsWhileInterrupted(Role role) {
    Peer peer = normal(role).hangUp();
    peer.node.order(Order.PARTNER_DOWN);
    assertThat(peer.node.state()).isEqualTo(PARTNER_DOWN);
    assertThat(peer.node.status().alarms()).anyMatch(alarm -> alarm.startsWith("PARTNER-DOWN"));
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void silenceEndsInPartnerDownOnlyIfThatIsConfigured(Role role) {
    Peer never = normal(role).hangUp().pass(1_000_000);
    assertThat(never.node.state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);

    Peer soon = normal(role, "auto.partner.down.seconds = 5").hangUp();
    soon.pass(4);
    assertThat(soon.node.state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
    assertThat(soon.node.status().waysOut())
        .anyMatch(way -> way.contains("PARTNER-DOWN at 2027-01-20T16:57:41Z"));
    soon.pass(1);
    assertThat(soon.node.state()).isEqualTo(PARTNER_DOWN);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void partnerInContactIsNotDownByItself(Role role) {
    Peer peer = normal(role, "auto.partner.down.seconds = 5").says(RECOVER);
    assertThat(peer.node.state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
    peer.pass(100);
    assertThat(peer.node.state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
    peer.hangUp().pass(5);
    assertThat(peer.node.state()).isEqualTo(PARTNER_DOWN);
  }

  @ParameterizedTest
  @EnumSource(
      value = ServerState.class,
      names = {"NORMAL", "COMMUNICATIONS_INTERRUPTED", "RECOVER_DONE"})
  void returnOfThePartnerEndsTheInterruption(ServerState theirs) {
    Peer peer = normal(Role.SECONDARY).hangUp().connect().says(theirs);
    assertThat(peer.node.state()).isEqualTo(NORMAL);
  }

  @Test
  void partnerThatRecoversIsWaitedFor() {
    Peer peer = normal(Role.SECONDARY).hangUp().connect().says(RECOVER);
    assertThat(peer.node.state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
    peer.says(RECOVER_WAIT);
    assertThat(peer.node.state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
    peer.says(RECOVER_DONE);
    assertThat(peer.node.state()).isEqualTo(NORMAL);
  }

  @ParameterizedTest
  @EnumSource(
      value = ServerState.class,
      names = {"PARTNER_DOWN", "POTENTIAL_CONFLICT", "RESOLUTION_INTERRUPTED", "CONFLICT_DONE"})
  void partnerThatWentItsOwnWayIsAConflict(ServerState theirs) {
    Peer peer = normal(Role.PRIMARY).hangUp().connect().says(theirs);
    assertThat(peer.node.state()).isEqualTo(POTENTIAL_CONFLICT);
  }

  private static Peer alone(Role role) {
    return Peer.of(role, Peer.past(PARTNER_DOWN)).late().connect();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void partnerInStartupChangesNothingInPartnerDown(Role role) {
    ServerFlags starts = new ServerFlags(true, true, false);
    for (ServerState theirs : new ServerState[] {RECOVER_DONE, NORMAL, POTENTIAL_CONFLICT}) {
      Peer peer = alone(role).says(theirs, starts, TestClock.START);
      assertThat(peer.node.state()).isEqualTo(PARTNER_DOWN);
      assertThat(peer.words()).containsExactly("STATE PARTNER-DOWN");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ServerState.class,
      names = {
        "NORMAL",
        "COMMUNICATIONS_INTERRUPTED",
        "PARTNER_DOWN",
        "POTENTIAL_CONFLICT",
        "RESOLUTION_INTERRUPTED",
        "CONFLICT_DONE"
      })
  void partnerThatServedIsAConflictForPartnerDown(ServerState theirs) {
    assertThat(alone(Role.PRIMARY).says(theirs).node.state()).isEqualTo(POTENTIAL_CONFLICT);
  }

  @Test
  void partnerThatRecoversFromPartnerDownIsWaitedFor() {
    Peer peer = alone(Role.PRIMARY).says(RECOVER);
    assertThat(peer.node.state()).isEqualTo(PARTNER_DOWN);
    peer.says(RECOVER_WAIT);
    assertThat(peer.node.state()).isEqualTo(PARTNER_DOWN);
    peer.says(RECOVER_DONE);
    assertThat(peer.node.state()).isEqualTo(NORMAL);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void requestIsAnsweredWhenTheStateIsSettled(Role role) {
    Peer peer = normal(role);
    peer.node.isStoreSlow = true;
    peer.says(POTENTIAL_CONFLICT).says(Dhcp6MessageType.UPDREQ, 9, Options.EMPTY);
    assertThat(peer.words()).doesNotContain("UPDDONE");
    peer.node.store();
    assertThat(peer.node.state()).isEqualTo(POTENTIAL_CONFLICT);
    assertThat(peer.words()).containsSubsequence("STATE POTENTIAL-CONFLICT", "UPDDONE");
  }

  @Test
  void poolsAreAskedForWhenUpdatesAreThrough() {
    Peer peer = normal(Role.SECONDARY).pass(5);
    assertThat(peer.words()).containsSubsequence("STATE NORMAL", "POOLREQ");
  }

  @Test
  void poolRequestIsAnswered() {
    Peer peer = normal(Role.PRIMARY).says(Dhcp6MessageType.POOLREQ, 77, Options.EMPTY);
    assertThat(peer.heard)
        .anyMatch(each -> each.type() == Dhcp6MessageType.POOLRESP && each.transactionId() == 77);
  }
}
