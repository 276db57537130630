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
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.lease.Role;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each own state with each state that a partner says, in both roles (RFC 8156 section 8). */
final class StateTableTest {
  private static final List<ServerState> SAID =
      List.of(
          NORMAL,
          COMMUNICATIONS_INTERRUPTED,
          PARTNER_DOWN,
          RECOVER,
          RECOVER_WAIT,
          RECOVER_DONE,
          POTENTIAL_CONFLICT,
          RESOLUTION_INTERRUPTED,
          CONFLICT_DONE);

  private static final ServerState CI = COMMUNICATIONS_INTERRUPTED;
  private static final ServerState PC = POTENTIAL_CONFLICT;

  /** Where a server is when all is settled; columns as in {@link #SAID}. */
  private static ServerState[] outcome(Role role, ServerState own) {
    ServerState[] stay = new ServerState[SAID.size()];
    Arrays.fill(stay, own);
    return switch (own) {
      case NORMAL ->
          role == Role.PRIMARY
              ? row(NORMAL, NORMAL, PC, CI, CI, NORMAL, PC, PC, PC)
              : row(NORMAL, NORMAL, PC, CI, CI, NORMAL, PC, PC, NORMAL);
      case COMMUNICATIONS_INTERRUPTED -> row(NORMAL, NORMAL, PC, CI, CI, NORMAL, PC, PC, PC);
      case PARTNER_DOWN -> row(PC, PC, PC, PARTNER_DOWN, PARTNER_DOWN, NORMAL, PC, PC, PC);
      case RECOVER -> row(RECOVER, RECOVER, RECOVER, RECOVER, RECOVER, RECOVER, PC, PC, PC);
      case RECOVER_DONE -> row(NORMAL, RECOVER_DONE, RECOVER_DONE, CI, CI, NORMAL, PC, PC, PC);
      case RESOLUTION_INTERRUPTED -> row(PC, PC, PC, PC, PC, PC, PC, PC, PC);
      case CONFLICT_DONE -> {
        stay[0] = NORMAL;
        yield stay;
      }
      case RECOVER_WAIT, POTENTIAL_CONFLICT -> stay;
      case STARTUP -> throw new IllegalArgumentException("has tests of its own");
    };
  }

  private static ServerState[] row(ServerState... states) {
    return states;
  }

  static Stream<Arguments> cells() {
    return Stream.of(Role.values())
        .flatMap(
            role ->
                EnumSet.complementOf(EnumSet.of(ServerState.STARTUP)).stream()
                    .filter(own -> own != CONFLICT_DONE || role == Role.PRIMARY)
                    .flatMap(own -> SAID.stream().map(said -> Arguments.of(role, own, said))));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void eachStateMeetsEachState(Role role, ServerState own, ServerState said) {
    Peer peer = in(role, own);
    assertThat(peer.node.state()).isEqualTo(own);
    peer.says(said);
    assertThat(peer.node.state()).isEqualTo(outcome(role, own)[SAID.indexOf(said)]);
    assertThat(peer.node.stored().own().state()).isEqualTo(peer.node.state());
  }

  /** A server in a state, with a connection on which the last thing is not that state's end. */
  private static Peer in(Role role, ServerState own) {
    return switch (own) {
      case NORMAL -> Peer.of(role, Peer.past(CI)).connect().says(NORMAL);
      case POTENTIAL_CONFLICT -> Peer.of(role, Peer.past(CI)).connect().says(POTENTIAL_CONFLICT);
      default -> Peer.of(role, Peer.past(own)).late().connect();
    };
  }

  static Stream<Arguments> losses() {
    return cells().map(cell -> Arguments.of(cell.get()[0], cell.get()[1])).distinct();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void eachStateLosesThePartner(Role role, ServerState own) {
    Peer peer = in(role, own).hangUp();
    ServerState expected =
        switch (own) {
          case NORMAL -> CI;
          case POTENTIAL_CONFLICT -> RESOLUTION_INTERRUPTED;
          default -> own;
        };
    assertThat(peer.node.state()).isEqualTo(expected);
    assertThat(peer.node.stored().own().state()).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void statesThatSayNothingNewChangeNothing(Role role) {
    Peer peer = in(role, NORMAL);
    long transitions = peer.node.status().counters().get("transitions");
    peer.says(NORMAL).says(NORMAL).says(CI).says(RECOVER_DONE);
    assertThat(peer.node.status().counters()).containsEntry("transitions", transitions);
  }

  @Test
  void onlyTheTableAndOperatorsLeadFromStateToState() {
    assertThat(StateTable.canFollow(NORMAL, POTENTIAL_CONFLICT)).isFalse();
    assertThat(StateTable.canFollow(NORMAL, CI)).isTrue();
    assertThat(StateTable.canFollow(RECOVER, NORMAL)).isFalse();
    assertThat(StateTable.canFollow(RECOVER_WAIT, NORMAL)).isFalse();
    assertThat(StateTable.canFollow(POTENTIAL_CONFLICT, PARTNER_DOWN)).isFalse();
    for (ServerState state : SAID) {
      assertThat(StateTable.canFollow(state, ServerState.STARTUP)).as("%s", state).isFalse();
      assertThat(StateTable.canFollow(state, RECOVER)).as("%s", state).isTrue();
    }
  }
}
