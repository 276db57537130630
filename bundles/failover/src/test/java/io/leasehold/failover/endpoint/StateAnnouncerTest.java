// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import static io.leasehold.codec.failover.ServerState.COMMUNICATIONS_INTERRUPTED;
import static io.leasehold.codec.failover.ServerState.NORMAL;
import static io.leasehold.codec.failover.ServerState.PARTNER_DOWN;
import static io.leasehold.codec.failover.ServerState.RECOVER;
import static io.leasehold.codec.failover.ServerState.RECOVER_DONE;
import static io.leasehold.codec.failover.ServerState.RECOVER_WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.FailoverOptions;
import io.leasehold.codec.failover.ServerFlags;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.failover.lease.Role;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What STATE says, and when (RFC 8156 sections 6.3 and 6.4). */
final class StateAnnouncerTest {
  private static final ServerFlags NEW = new ServerFlags(false, false, false);
  private static final ServerFlags STARTS = new ServerFlags(true, true, false);

  /** A server that has gone through many states on one connection. */
  private static Peer travelled(Role role) {
    Peer peer = Peer.of(role, Peer.past(RECOVER)).late().connect().says(PARTNER_DOWN);
    peer.saysUpdDone().pass(3600).says(NORMAL).says(RECOVER).says(NORMAL);
    peer.node.order(Order.PARTNER_DOWN);
    return peer.says(PARTNER_DOWN);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void eachChangeIsSaid(Role role) {
    List<String> expected =
        List.of(
            "RECOVER",
            "RECOVER-WAIT",
            "RECOVER-DONE",
            "NORMAL",
            "COMMUNICATIONS-INTERRUPTED",
            "NORMAL",
            "PARTNER-DOWN",
            "POTENTIAL-CONFLICT");
    assertThat(travelled(role).node.states()).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void stateHasItsOptions(Role role) {
    Peer peer = travelled(role);
    List<FailoverMessage> states =
        peer.node.sent.stream().filter(m -> m.type() == Dhcp6MessageType.STATE).toList();
    for (FailoverMessage state : states) {
      Options options = state.options();
      assertThat(options.has(FailoverOptions.SERVER_STATE)).isTrue();
      assertThat(options.has(FailoverOptions.SERVER_FLAGS)).isTrue();
      assertThat(options.has(FailoverOptions.START_TIME_OF_STATE)).isTrue();
      assertThat(options.has(FailoverOptions.PARTNER_DOWN_TIME))
          .isEqualTo(options.first(FailoverOptions.SERVER_STATE).get() == PARTNER_DOWN.code());
      assertThat(options.first(FailoverOptions.SERVER_STATE).get())
          .isNotEqualTo(ServerState.STARTUP.code());
    }
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void stateIsDurableBeforeItIsSaid(Role role) {
    Peer peer = travelled(role);
    for (int i = 0; i < peer.node.log.size(); i++) {
      String line = peer.node.log.get(i);
      if (line.startsWith("say STATE ")) {
        String stored = "store " + line.substring("say STATE ".length());
        List<String> before = peer.node.log.subList(0, i);
        assertThat(before.stream().filter(each -> each.startsWith("store ")).toList())
            .last()
            .isEqualTo(stored);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void stateWaitsForTheStore(Role role) {
    Peer peer = Peer.of(role, Peer.past(COMMUNICATIONS_INTERRUPTED)).late().connect();
    peer.node.isStoreSlow = true;
    peer.says(NORMAL);
    assertThat(peer.words()).containsExactly("STATE COMMUNICATIONS-INTERRUPTED");
    assertThat(peer.node.state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
    peer.node.store();
    assertThat(peer.words()).contains("STATE NORMAL");
    assertThat(peer.node.state()).isEqualTo(NORMAL);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void stateThatIsBeingLeftIsNotSaidOnANewConnection(Role role) {
    Peer peer = Peer.of(role, Peer.past(COMMUNICATIONS_INTERRUPTED)).connect().says(NORMAL);
    peer.node.isStoreSlow = true;
    peer.hangUp().connect();
    assertThat(peer.words()).isEmpty();
    peer.node.store();
    assertThat(peer.words()).containsExactly("STATE COMMUNICATIONS-INTERRUPTED");
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void whatThePartnerSaysIsStored(Role role) {
    Peer peer = Peer.of(role, Peer.past(RECOVER_WAIT)).late().connect();
    peer.says(PARTNER_DOWN, new ServerFlags(true, false, true), TestClock.START - 77);
    EndpointRecord.Partner partner = peer.node.stored().partner();
    assertThat(partner.state()).contains(PARTNER_DOWN);
    assertThat(partner.since()).isEqualTo(TestClock.START - 77);
    assertThat(partner.downSince()).isEqualTo(TestClock.START - 77);
    assertThat(partner.flags()).isEqualTo(new ServerFlags(true, false, true));
    assertThat(partner.heard()).isEqualTo(peer.clock.wall());
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void timeOfPartnerDownIsForgottenWithTheState(Role role) {
    Peer peer = Peer.of(role, Peer.past(RECOVER_WAIT)).late().connect().says(PARTNER_DOWN);
    assertThat(peer.node.stored().partner().downSince()).isPositive();
    peer.says(NORMAL);
    assertThat(peer.node.stored().partner().downSince()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void transitionIsRecordedWithThePartnersStateAndTheTime(Role role) {
    Peer peer = Peer.of(role, Peer.past(COMMUNICATIONS_INTERRUPTED)).late().pass(100).connect();
    peer.says(RECOVER_DONE);
    EndpointRecord stored = peer.node.stored();
    assertThat(stored.own().state()).isEqualTo(NORMAL);
    assertThat(stored.own().former()).contains(COMMUNICATIONS_INTERRUPTED);
    assertThat(stored.own().since()).isEqualTo(peer.clock.wall());
    assertThat(stored.partner().state()).contains(RECOVER_DONE);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void startupOfThePartnerIsAcknowledged(Role role) {
    Peer peer = Peer.of(role, Peer.past(COMMUNICATIONS_INTERRUPTED)).late().connect();
    assertThat(peer.lastReport().flags().startupSeen()).isFalse();
    peer.says(COMMUNICATIONS_INTERRUPTED, STARTS, peer.clock.wall());
    assertThat(peer.lastReport().flags().startupSeen()).isTrue();
    peer.says(RECOVER);
    assertThat(peer.lastReport().state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
    assertThat(peer.lastReport().flags().startupSeen()).isFalse();
  }

  /**
   * It got as far as to serve, when the partner had done so, too, for all that is known: what that
   * said last was not stored any more.
   */
  @ParameterizedTest
  @EnumSource(Role.class)
  void partnerMayHaveServedWithWhomThisServerDid(Role role) {
    EndpointRecord.Partner met =
        new EndpointRecord.Partner(Optional.of(RECOVER), NEW, TestClock.START, 0, TestClock.START);
    EndpointRecord served = fresh(COMMUNICATIONS_INTERRUPTED);
    assertThat(saysCommunicated(role, served.with(met))).isTrue();
    assertThat(saysCommunicated(role, served)).as("alone").isFalse();
    assertThat(saysCommunicated(role, fresh(RECOVER).with(met))).as("not yet").isFalse();
  }

  private static EndpointRecord fresh(ServerState state) {
    return EndpointRecord.fresh(TestClock.START, 3600, false).entered(state, TestClock.START);
  }

  private static boolean saysCommunicated(Role role, EndpointRecord past) {
    return Peer.of(role, past).connect().lastReport().flags().communicated();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void communicatedIsWhatWasStoredBeforeTheConnection(Role role) {
    Peer peer = new Peer(role);
    peer.node.boot();
    peer.connect().says(RECOVER, NEW, peer.clock.wall()).saysUpdDone().says(RECOVER_DONE);
    assertThat(peer.node.state()).isEqualTo(NORMAL);
    assertThat(peer.reports()).noneMatch(report -> report.flags().communicated());
    peer.hangUp().connect();
    assertThat(peer.lastReport().flags().communicated()).isTrue();
  }

  @Test
  void timesAreThoseOfTheState() {
    Peer peer = Peer.of(Role.PRIMARY, Peer.past(COMMUNICATIONS_INTERRUPTED)).late().pass(50);
    peer.node.order(Order.PARTNER_DOWN);
    long entered = peer.clock.wall();
    peer.pass(500).connect();
    AbsoluteTime since = AbsoluteTime.ofUnixSeconds(entered);
    assertThat(peer.lastReport().since()).isEqualTo(since);
    assertThat(peer.lastReport().partnerDown()).contains(since);
  }
}
