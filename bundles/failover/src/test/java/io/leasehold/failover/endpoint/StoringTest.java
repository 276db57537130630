// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import static io.leasehold.codec.failover.ServerState.COMMUNICATIONS_INTERRUPTED;
import static io.leasehold.codec.failover.ServerState.NORMAL;
import static io.leasehold.codec.failover.ServerState.PARTNER_DOWN;
import static io.leasehold.codec.failover.ServerState.POTENTIAL_CONFLICT;
import static io.leasehold.codec.failover.ServerState.RECOVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.allocation.GovernorView.Service;
import io.leasehold.codec.failover.ConnectFlags;
import io.leasehold.codec.failover.ConnectTerms;
import io.leasehold.codec.failover.ProtocolVersion;
import io.leasehold.failover.lease.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is durable before what (RFC 8156 sections 6.3 and 8.1), and what a full disk stops. */
final class StoringTest {
  private static Peer normal(Role role) {
    return Peer.of(role, Peer.past(COMMUNICATIONS_INTERRUPTED)).connect().says(NORMAL);
  }

  @Test
  void whatMayDoMoreCountsWhenItIsDurable() {
    Peer peer = normal(Role.SECONDARY);
    peer.node.isStoreSlow = true;
    peer.hangUp();
    assertThat(peer.node.service()).isEqualTo(Service.OWN);
    peer.node.store();
    assertThat(peer.node.service()).isEqualTo(Service.ALL);
  }

  @Test
  void whatMayDoLessCountsBeforeItIsDurable() {
    Peer peer = Peer.of(Role.SECONDARY, Peer.past(PARTNER_DOWN)).late().connect();
    peer.node.isStoreSlow = true;
    peer.says(NORMAL);
    assertThat(peer.node.service()).isEqualTo(Service.NONE);
    assertThat(peer.node.stored().own().state()).isEqualTo(PARTNER_DOWN);
    peer.node.store();
    assertThat(peer.node.stored().own().state()).isEqualTo(POTENTIAL_CONFLICT);
    assertThat(peer.node.service()).isEqualTo(Service.NONE);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void nothingChangesWhileNothingCanBeStored(Role role) {
    Peer peer = normal(role);
    Service before = peer.node.service();
    peer.node.isStoreFull = true;
    peer.hangUp();
    assertThat(peer.node.state()).isEqualTo(NORMAL);
    assertThat(peer.node.service()).isEqualTo(before);
    peer.pass(100);
    assertThat(peer.node.state()).isEqualTo(NORMAL);
    assertThat(peer.node.states()).last().isEqualTo("NORMAL");
    assertThat(peer.node.status().alarms())
        .anyMatch(alarm -> alarm.contains("cannot be stored") && alarm.contains("disk is full"));
    long tries = peer.node.log.stream().filter("store fails"::equals).count();
    assertThat(tries).isBetween(10L, 40L);

    peer.node.isStoreFull = false;
    peer.pass(StateMachine.RETRY_SECONDS);
    assertThat(peer.node.state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
    peer.connect().says(NORMAL);
    assertThat(peer.node.status().alarms()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void changeThatIsNoLongerDueIsNotTriedAgain(Role role) {
    Peer peer = normal(role);
    Service before = peer.node.service();
    peer.node.isStoreFull = true;
    peer.says(POTENTIAL_CONFLICT);
    assertThat(peer.node.state()).isEqualTo(NORMAL);
    peer.says(NORMAL);
    peer.node.isStoreFull = false;
    peer.pass(StateMachine.RETRY_SECONDS);
    assertThat(peer.node.state()).isEqualTo(NORMAL);
    assertThat(peer.node.service()).isEqualTo(before);
    assertThat(peer.node.stored().own().state()).isEqualTo(NORMAL);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void orderThatCannotBeStoredIsRefused(Role role) {
    Peer peer = normal(role).hangUp();
    peer.node.isStoreFull = true;
    Node.Answer answer = peer.node.order(Order.PARTNER_DOWN);
    assertThat(answer.bad).hasValueSatisfying(why -> assertThat(why).contains("disk is full"));
    peer.node.isStoreFull = false;
    peer.pass(60);
    assertThat(peer.node.state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void timeOfOperationIsStoredNowAndThen(Role role) {
    Peer peer = normal(role).pass(1005);
    assertThat(peer.node.stored().past().lastRunning())
        .isBetween(peer.clock.wall() - 10, peer.clock.wall());
    assertThat(peer.node.stored().past().hasStopped()).isFalse();
    peer.node.endpoint.stop(peer.clock.now());
    peer.node.drain();
    assertThat(peer.node.stored().past().lastRunning()).isEqualTo(peer.clock.wall());
    assertThat(peer.node.stored().past().hasStopped()).isTrue();
    assertThat(peer.node.service()).isEqualTo(Service.NONE);
    assertThat(peer.words()).last().isEqualTo("DISCONNECT");
    assertThat(peer.isOpen()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void timeInStartupIsNoOperation(Role role) {
    Peer peer = Peer.of(role, Peer.past(NORMAL), "startup.seconds = 100").pass(90);
    peer.node.endpoint.stop(peer.clock.now());
    peer.node.drain();
    assertThat(peer.node.stored().past().lastRunning()).isEqualTo(TestClock.START - 5);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void endOfStartupIsOperation(Role role) {
    Peer peer = Peer.of(role, Peer.past(NORMAL)).late();
    assertThat(peer.node.stored().past().lastRunning()).isEqualTo(peer.clock.wall());
  }

  private static ConnectTerms mclt(long seconds) {
    return new ConnectTerms(ProtocolVersion.CURRENT, seconds, 60, 64, new ConnectFlags(false));
  }

  @Test
  void mcltOfThePrimaryIsDurableBeforeItIsAccepted() {
    Peer peer = new Peer(Role.SECONDARY);
    peer.node.boot();
    peer.terms = mclt(1800);
    peer.node.isStoreSlow = true;
    peer.connect();
    assertThat(peer.node.log).doesNotContain("say CONNECTREPLY");
    peer.node.store();
    assertThat(peer.node.log).contains("say CONNECTREPLY");
    assertThat(peer.node.stored().mcltSeconds()).isEqualTo(1800);
    peer.node.crash();
    peer.node.isStoreSlow = false;
    peer.node.boot();
    assertThat(peer.node.status().contact().mcltSeconds()).isEqualTo(1800);
  }

  @Test
  void largestMcltCountsUntilNormal() {
    Peer peer = Peer.of(Role.SECONDARY, Peer.past(RECOVER)).late();
    peer.terms = mclt(1800);
    peer.connect();
    assertThat(peer.node.stored().mcltSeconds()).isEqualTo(1800);
    assertThat(peer.node.stored().largestMcltSeconds()).isEqualTo(3600);
    peer.says(PARTNER_DOWN).saysUpdDone().pass(3600).says(NORMAL);
    assertThat(peer.node.state()).isEqualTo(NORMAL);
    assertThat(peer.node.stored().largestMcltSeconds()).isEqualTo(1800);
  }

  @Test
  void mcltThatCannotBeStoredIsNotAccepted() {
    Peer peer = new Peer(Role.SECONDARY);
    peer.node.boot();
    peer.node.isStoreFull = true;
    peer.connect();
    assertThat(peer.isOpen()).isFalse();
    assertThat(peer.words()).doesNotContain("STATE RECOVER");
  }
}
