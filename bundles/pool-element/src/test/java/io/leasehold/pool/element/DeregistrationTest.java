// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.pool.PoolRegistration.State;
import io.leasehold.rserpool.wire.ErrorCause;
import io.leasehold.rserpool.wire.asap.Deregistration;
import io.leasehold.rserpool.wire.asap.DeregistrationResponse;
import io.leasehold.rserpool.wire.asap.Registration;
import io.leasehold.rserpool.wire.parameter.OperationError;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RFC 5352 section 3.2. */
final class DeregistrationTest extends ElementGround {
  private static final Readiness ABSENT = Readiness.absent("the store takes no changes");

  private void leave() {
    endpoint.readiness(ABSENT, now);
  }

  @Test
  @DisplayName("P-042 a deregistration has the handle and the identifier of the registration")
  void handleAndIdentifierAreThoseOfTheRegistration() {
    registeredAt(ONE);

    leave();

    assertThat(sent(Deregistration.class)).containsExactly(new Deregistration(DHCP4, ID));
    assertThat(state()).isEqualTo(State.LEAVING);
  }

  @Test
  @DisplayName("P-043 it goes by the connection of the registration")
  void itGoesByTheSameConnection() {
    long home = registeredAt(ONE);

    leave();

    assertThat(wire.sent).extracting(Sent::session).containsExactly(home);
  }

  @Test
  @DisplayName("P-042 P-044 T3 runs from the deregistration to its answer")
  void theAnswerStopsTheTimer() {
    long home = registeredAt(ONE);
    leave();
    assertThat(endpoint.deadline()).isEqualTo(now + 2 * SECOND);

    letGo(home);

    assertThat(endpoint.deadline()).isEqualTo(Long.MAX_VALUE);
    assertThat(state()).isEqualTo(State.NOT_READY);
    pass(1000);
    assertThat(wire.sent).hasSize(1);
  }

  @Test
  @DisplayName("P-044 when T3 is over another registrar is told")
  void anotherRegistrarIsTold() {
    registeredAt(ONE);
    leave();

    pass(2);
    long second = open(TWO);

    assertThat(wire.sent).hasSize(2);
    assertThat(wire.sent.get(1)).isEqualTo(new Sent(second, new Deregistration(DHCP4, ID)));
    letGo(second);
    assertThat(state()).isEqualTo(State.NOT_READY);
  }

  @Test
  @DisplayName("P-044 nobody is told any more when the registration has ended by itself")
  void itEndsWithItsLife() {
    registeredAt(ONE);
    leave();

    pass(301);

    assertThat(state()).isEqualTo(State.NOT_READY);
    wire.sent.clear();
    open(TWO);
    assertThat(wire.sent).isEmpty();
  }

  @Test
  void aRefusedDeregistrationIsNotRepeated() {
    long home = registeredAt(ONE);
    leave();

    tell(
        home,
        new DeregistrationResponse(
            DHCP4, ID, Optional.of(OperationError.of(ErrorCause.SECURITY_CONSIDERATIONS))));
    pass(200);

    assertThat(wire.sent).hasSize(1);
    assertThat(state()).isEqualTo(State.LEAVING);
    pass(100);
    assertThat(state()).isEqualTo(State.NOT_READY);
  }

  @Test
  void whoIsReadyAgainWhileItLeavesRegistersAgain() {
    long home = registeredAt(ONE);
    leave();
    endpoint.readiness(READY, now);

    assertThat(wire.sent).extracting(Sent::message).last().isInstanceOf(Registration.class);
    letGo(home);
    assertThat(registrations()).as("the answer to the deregistration is no expiry").hasSize(1);
    assertThat(endpoint.counters().snapshot()).containsEntry("registrations-expired", 0L);
    accept(home);
    assertThat(state()).isEqualTo(State.REGISTERED);
  }

  @Test
  void whoLeavesIsNotBackByALateAnswer() {
    long home = registeredAt(ONE);
    leave();
    pass(2);

    accept(home);

    assertThat(state()).isEqualTo(State.LEAVING);
  }

  @Test
  void whoLeavesBeforeTheAnswerDeregisters() {
    long home = startedAt(ONE);
    leave();

    accept(home);
    assertThat(state()).isEqualTo(State.LEAVING);
    letGo(home);
    assertThat(state()).isEqualTo(State.NOT_READY);
  }

  @Test
  void whoWasNeverRegisteredHasNothingToTakeBack() {
    start(Duration.ofSeconds(300), byPriority(DHCP4));
    endpoint.readiness(READY, now);
    leave();
    open(ONE);

    assertThat(wire.sent).isEmpty();
    assertThat(state()).isEqualTo(State.NOT_READY);
  }

  @Test
  void aDrainTakesTheServerOutUntilItRejoins() {
    long home = registeredAt(ONE);

    assertThat(endpoint.drain(DHCP4, said::add, now)).isTrue();
    assertThat(said).isEmpty();
    letGo(home);

    assertThat(state()).isEqualTo(State.DRAINED);
    assertThat(said).hasSize(1).allMatch(each -> each.contains("30 s"));
    endpoint.readiness(Readiness.ready(100, ""), now);
    pass(1000);
    assertThat(registrations()).isEmpty();

    endpoint.rejoin(DHCP4, now);
    accept(home);
    assertThat(state()).isEqualTo(State.REGISTERED);
  }

  @Test
  void aDrainThatNobodyCanBeToldOfSaysSo() {
    long home = registeredAt(ONE);
    end(home);

    endpoint.drain(DHCP4, said::add, now);

    assertThat(said).hasSize(1).allMatch(each -> each.contains("no registrar can be told"));
    open(TWO);
    assertThat(sent(Deregistration.class)).hasSize(1);
  }

  @Test
  void anUnknownPoolIsNotDrained() {
    registeredAt(ONE);

    assertThat(endpoint.drain(io.leasehold.rserpool.wire.PoolHandle.of("other"), said::add, now))
        .isFalse();
    assertThat(said).isEmpty();
  }

  @Test
  void beforeTheServerEndsAllPoolsAreLeft() {
    long home = registeredAt(ONE);

    endpoint.leave(said::add, now);
    assertThat(said).isEmpty();
    letGo(home);

    assertThat(said).hasSize(1);
    endpoint.stop(now);
    assertThat(wire.open).isEmpty();
    pass(1000);
    assertThat(wire.open).isEmpty();
  }
}
