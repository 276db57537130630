// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import static io.leasehold.codec.failover.ServerState.COMMUNICATIONS_INTERRUPTED;
import static io.leasehold.codec.failover.ServerState.NORMAL;
import static io.leasehold.codec.failover.ServerState.PARTNER_DOWN;
import static io.leasehold.codec.failover.ServerState.POTENTIAL_CONFLICT;
import static io.leasehold.codec.failover.ServerState.RECOVER;
import static io.leasehold.codec.failover.ServerState.STARTUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.allocation.GovernorView.Service;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.failover.lease.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What operators order. */
final class OrdersTest {
  private static Peer normal(Role role) {
    return Peer.of(role, Peer.past(COMMUNICATIONS_INTERRUPTED)).connect().says(NORMAL);
  }

  @ParameterizedTest
  @EnumSource(
      value = ServerState.class,
      names = {"RECOVER", "RECOVER_WAIT", "RECOVER_DONE", "CONFLICT_DONE"})
  void partnerDownHasToBeForcedWhereTheRfcHasNoSuchWay(ServerState state) {
    Peer peer = Peer.of(Role.PRIMARY, Peer.past(state)).late();
    assertThat(peer.node.order(Order.PARTNER_DOWN).bad)
        .hasValueSatisfying(why -> assertThat(why).contains(state.word()));
    assertThat(peer.node.state()).isEqualTo(state);
    peer.node.warnings.clear();
    assertThat(peer.node.order(Order.FORCED_PARTNER_DOWN).good).isPresent();
    assertThat(peer.node.state()).isEqualTo(PARTNER_DOWN);
    assertThat(peer.node.warnings).anyMatch(said -> said.contains("insists"));
    assertThat(peer.node.service()).isEqualTo(Service.ALL);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void partnerDownHasToBeForcedInStartup(Role role) {
    Peer peer = Peer.of(role, Peer.past(NORMAL));
    assertThat(peer.node.order(Order.PARTNER_DOWN).bad).isPresent();
    assertThat(peer.node.state()).isEqualTo(STARTUP);
    peer.node.order(Order.FORCED_PARTNER_DOWN);
    assertThat(peer.node.state()).isEqualTo(PARTNER_DOWN);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void conflictCannotBeCutShort(Role role) {
    Peer peer = normal(role).says(POTENTIAL_CONFLICT);
    assertThat(peer.node.order(Order.FORCED_PARTNER_DOWN).bad).isPresent();
    assertThat(peer.node.state()).isEqualTo(POTENTIAL_CONFLICT);
    assertThat(Peer.of(role, Peer.past(PARTNER_DOWN)).late().node.order(Order.PARTNER_DOWN).bad)
        .contains("It is so already.");
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void orderIsAnsweredWhenItIsDurable(Role role) {
    Peer peer = normal(role).hangUp();
    peer.node.isStoreSlow = true;
    Node.Answer first = peer.node.order(Order.PARTNER_DOWN);
    Node.Answer second = peer.node.order(Order.PARTNER_DOWN);
    assertThat(first.good).isEmpty();
    assertThat(second.bad).isPresent();
    peer.node.store();
    assertThat(first.good).isPresent();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void orderWaitsForAChangeThatIsUnderWay(Role role) {
    Peer peer = normal(role);
    peer.node.isStoreSlow = true;
    peer.hangUp();
    Node.Answer answer = peer.node.order(Order.PARTNER_DOWN);
    peer.node.store();
    assertThat(answer.good).isPresent();
    assertThat(peer.node.stored().own().former()).contains(COMMUNICATIONS_INTERRUPTED);
    assertThat(peer.node.state()).isEqualTo(PARTNER_DOWN);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void whatThePartnerSaidBeforeDoesNotUndoPartnerDown(Role role) {
    Peer peer = normal(role);
    peer.node.order(Order.PARTNER_DOWN);
    peer.pass(1000);
    assertThat(peer.node.state()).isEqualTo(PARTNER_DOWN);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void forcedRecoverAsksForEverything(Role role) {
    Peer peer = normal(role);
    assertThat(peer.node.order(Order.FORCE_RECOVER).good).isPresent();
    assertThat(peer.node.state()).isEqualTo(RECOVER);
    assertThat(peer.node.service()).isEqualTo(Service.NONE);
    assertThat(peer.words()).endsWith("STATE RECOVER", "UPDREQALL");
    peer.hangUp();
    peer.node.crash();
    peer.node.boot();
    peer.connect().says(PARTNER_DOWN);
    assertThat(peer.words()).endsWith("UPDREQALL");
    peer.saysUpdDone().pass(3590);
    assertThat(peer.node.state()).isEqualTo(ServerState.RECOVER_WAIT);
  }

  /** Its partner could serve next, and does not know what was taken over of its own part. */
  @ParameterizedTest
  @EnumSource(
      value = ServerState.class,
      names = {"PARTNER_DOWN", "POTENTIAL_CONFLICT", "RESOLUTION_INTERRUPTED", "CONFLICT_DONE"})
  void whoHasServedAloneDoesNotRecover(ServerState state) {
    Peer begins = Peer.of(Role.PRIMARY, Peer.past(state));
    assertThat(begins.node.order(Order.FORCE_RECOVER).bad)
        .hasValueSatisfying(why -> assertThat(why).contains(state.word()));
    assertThat(begins.node.state()).isEqualTo(STARTUP);

    Peer late = Peer.of(Role.PRIMARY, Peer.past(state)).late();
    ServerState before = late.node.state();
    assertThat(late.node.order(Order.FORCE_RECOVER).bad).isPresent();
    assertThat(late.node.state()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void drainEndsWithDisconnect(Role role) {
    Peer peer = normal(role);
    Node.Answer answer = peer.node.order(Order.DRAIN);
    assertThat(peer.node.service()).isEqualTo(Service.NONE);
    assertThat(answer.good).isEmpty();
    peer.pass(1);
    assertThat(answer.good).isPresent();
    assertThat(peer.words()).last().isEqualTo("DISCONNECT");
    FailoverMessage last = peer.heard.get(peer.heard.size() - 1);
    assertThat(last.type()).isEqualTo(Dhcp6MessageType.DISCONNECT);
    StatusCode status = last.options().first(Dhcp6Options.STATUS_CODE).orElseThrow();
    assertThat(status.code()).isEqualTo(Dhcp6StatusCode.SERVER_SHUTTING_DOWN);
    assertThat(status.text()).isNotEmpty();
    assertThat(peer.isOpen()).isFalse();
    assertThat(peer.node.state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
    assertThat(peer.node.service()).isEqualTo(Service.NONE);
    assertThat(peer.node.status().alarms()).anyMatch(alarm -> alarm.contains("drains"));
    assertThat(peer.node.order(Order.DRAIN).bad).isPresent();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void drainWaitsForUpdatesButNotForEver(Role role) {
    Peer peer = normal(role);
    peer.node.give(role == Role.PRIMARY ? 1 : 2, 600);
    Node.Answer answer = peer.node.order(Order.DRAIN);
    peer.pass(29);
    assertThat(answer.good).isEmpty();
    assertThat(peer.words()).contains("BNDUPD").doesNotContain("DISCONNECT");
    peer.pass(1);
    assertThat(answer.good).hasValueSatisfying(said -> assertThat(said).contains("1 update"));
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void lossOfThePartnerEndsTheDrain(Role role) {
    Peer peer = normal(role);
    peer.node.give(role == Role.PRIMARY ? 1 : 2, 600);
    Node.Answer answer = peer.node.order(Order.DRAIN);
    peer.hangUp();
    assertThat(answer.bad).isPresent();
    assertThat(peer.node.service()).isEqualTo(Service.ALL);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void drainedServerDoesNotTakeOverByItself(Role role) {
    Peer peer =
        Peer.of(role, Peer.past(COMMUNICATIONS_INTERRUPTED), "auto.partner.down.seconds = 5")
            .connect()
            .says(NORMAL);
    peer.node.order(Order.DRAIN);
    peer.pass(1000);
    assertThat(peer.node.state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
    assertThat(peer.node.service()).isEqualTo(Service.NONE);
    assertThat(peer.node.order(Order.PARTNER_DOWN).bad).isPresent();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void drainNeedsAPartnerThatTakesOver(Role role) {
    Peer peer = normal(role).hangUp();
    assertThat(peer.node.order(Order.DRAIN).bad)
        .hasValueSatisfying(why -> assertThat(why).contains("COMMUNICATIONS-INTERRUPTED"));
    assertThat(peer.node.service()).isEqualTo(Service.ALL);
  }

  @Test
  void waysOutAreSaidOfEachState() {
    for (ServerState state : ServerState.values()) {
      if (state != STARTUP) {
        Peer peer = Peer.of(Role.PRIMARY, Peer.past(state));
        assertThat(peer.node.status().waysOut()).as("%s", state).isNotEmpty();
        peer.late();
        assertThat(peer.node.status().waysOut()).as("%s", state).isNotEmpty();
        assertThat(peer.node.status().standing().state()).isEqualTo(peer.node.state().word());
        assertThat(peer.node.status().standing().why()).isNotEmpty();
      }
    }
  }
}
