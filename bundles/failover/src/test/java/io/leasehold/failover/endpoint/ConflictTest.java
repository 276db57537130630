// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import static io.leasehold.codec.failover.ServerState.COMMUNICATIONS_INTERRUPTED;
import static io.leasehold.codec.failover.ServerState.CONFLICT_DONE;
import static io.leasehold.codec.failover.ServerState.NORMAL;
import static io.leasehold.codec.failover.ServerState.PARTNER_DOWN;
import static io.leasehold.codec.failover.ServerState.POTENTIAL_CONFLICT;
import static io.leasehold.codec.failover.ServerState.RECOVER;
import static io.leasehold.codec.failover.ServerState.RESOLUTION_INTERRUPTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.allocation.GovernorView.Service;
import io.leasehold.failover.lease.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** POTENTIAL-CONFLICT and what follows (RFC 8156 sections 8.10 to 8.12). */
final class ConflictTest {
  private static Peer inConflict(Role role) {
    return Peer.of(role, Peer.past(COMMUNICATIONS_INTERRUPTED)).connect().says(POTENTIAL_CONFLICT);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void nobodyIsAnsweredInAConflict(Role role) {
    assertThat(inConflict(role).node.service()).isEqualTo(Service.NONE);
  }

  @Test
  void primaryAsksFirst() {
    assertThat(inConflict(Role.PRIMARY).words()).endsWith("STATE POTENTIAL-CONFLICT", "UPDREQ");
    assertThat(inConflict(Role.SECONDARY).requests()).isEmpty();
  }

  @Test
  void updDoneLetsThePrimaryServe() {
    Peer peer = inConflict(Role.PRIMARY).saysUpdDone();
    assertThat(peer.node.state()).isEqualTo(CONFLICT_DONE);
    assertThat(peer.node.service()).isEqualTo(Service.ALL);
    assertThat(peer.words()).endsWith("STATE CONFLICT-DONE");
  }

  @Test
  void secondaryAsksWhenThePrimaryIsThrough() {
    Peer peer = inConflict(Role.SECONDARY).says(CONFLICT_DONE);
    assertThat(peer.node.state()).isEqualTo(POTENTIAL_CONFLICT);
    assertThat(peer.words()).endsWith("UPDREQ");
    peer.saysUpdDone();
    assertThat(peer.node.state()).isEqualTo(NORMAL);
    assertThat(peer.node.service()).isEqualTo(Service.OWN);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void lostConnectionInterruptsTheResolution(Role role) {
    Peer peer = inConflict(role).hangUp();
    assertThat(peer.node.state()).isEqualTo(RESOLUTION_INTERRUPTED);
    assertThat(peer.node.service()).isEqualTo(Service.ALL);
    assertThat(peer.node.status().alarms())
        .anyMatch(alarm -> alarm.startsWith("RESOLUTION-INTERRUPTED"));
    assertThat(peer.node.warnings).anyMatch(said -> said.startsWith("RESOLUTION-INTERRUPTED"));
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void resolutionGoesOnWithTheConnection(Role role) {
    Peer peer = inConflict(role).hangUp().connect();
    assertThat(peer.words()).containsExactly("STATE RESOLUTION-INTERRUPTED");
    peer.says(RESOLUTION_INTERRUPTED);
    assertThat(peer.node.state()).isEqualTo(POTENTIAL_CONFLICT);
    assertThat(peer.requests()).hasSize(role == Role.PRIMARY ? 1 : 0);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void operatorEndsAnInterruptedResolution(Role role) {
    Peer peer = inConflict(role).hangUp();
    assertThat(peer.node.order(Order.PARTNER_DOWN).good).isPresent();
    assertThat(peer.node.state()).isEqualTo(PARTNER_DOWN);
  }

  @Test
  void conflictDoneEndsWithTheSecondaryInNormalOnly() {
    Peer peer = inConflict(Role.PRIMARY).saysUpdDone();
    peer.says(POTENTIAL_CONFLICT);
    assertThat(peer.node.state()).isEqualTo(CONFLICT_DONE);
    peer.hangUp();
    assertThat(peer.node.state()).isEqualTo(CONFLICT_DONE);
    assertThat(peer.node.service()).isEqualTo(Service.ALL);
    assertThat(peer.node.status().alarms()).anyMatch(alarm -> alarm.startsWith("CONFLICT-DONE"));
    peer.connect().says(RESOLUTION_INTERRUPTED);
    assertThat(peer.node.state()).isEqualTo(CONFLICT_DONE);
    assertThat(peer.words()).containsExactly("STATE CONFLICT-DONE");
    peer.says(NORMAL);
    assertThat(peer.node.state()).isEqualTo(NORMAL);
    assertThat(peer.node.status().alarms()).isEmpty();
  }

  @Test
  void wordOfBeforeTheConflictDoesNotEndIt() {
    Peer peer = Peer.of(Role.PRIMARY, Peer.past(PARTNER_DOWN)).late().connect().says(NORMAL);
    assertThat(peer.node.state()).isEqualTo(POTENTIAL_CONFLICT);
    peer.saysUpdDone();
    assertThat(peer.node.state()).isEqualTo(CONFLICT_DONE);
    peer.says(POTENTIAL_CONFLICT).says(NORMAL);
    assertThat(peer.node.state()).isEqualTo(NORMAL);
  }

  @Test
  void answerToAnotherStatesQuestionResolvesNothing() {
    Peer peer = Peer.of(Role.SECONDARY, Peer.past(RECOVER)).late().connect().says(PARTNER_DOWN);
    assertThat(peer.requests()).hasSize(1);
    peer.says(POTENTIAL_CONFLICT);
    assertThat(peer.node.state()).isEqualTo(POTENTIAL_CONFLICT);
    peer.saysUpdDone();
    assertThat(peer.node.state()).isEqualTo(POTENTIAL_CONFLICT);
  }
}
