// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.pool.PoolRegistration.State;
import io.leasehold.rserpool.wire.ErrorCause;
import io.leasehold.rserpool.wire.asap.DeregistrationResponse;
import io.leasehold.rserpool.wire.asap.RegistrationResponse;
import io.leasehold.rserpool.wire.parameter.OperationError;
import io.leasehold.security.PeerRole;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5352 section 3.1. */
final class RegistrationTest extends ElementGround {
  @Test
  @DisplayName("P-033 a registration has all parts: handle, identifier, life, transport, policy")
  void aRegistrationIsComplete() {
    startedAt(ONE);

    assertThat(registrations()).hasSize(1);
    assertThat(registrations().get(0).encode())
        .isEqualTo(
            Bytes.ofHex(
                "0100003c" // ASAP_REGISTRATION, 60 octets
                    + "00090009"
                    + "64686370"
                    + "34000000" // dhcp4
                    + "000a002c"
                    + "0a0b0c0d"
                    + "00000000"
                    + "0000012c" // no home, 300 s
                    + "00060010"
                    + "00430000"
                    + "00010008"
                    + "c0000201" // UDP 192.0.2.1:67
                    + "0008000c"
                    + "00000005"
                    + "000000c8")); // priority 200
  }

  @Test
  @DisplayName("P-032 the user transport is the configured address and nothing else")
  void theUserTransportIsTheConfiguredOne() {
    startedAt(ONE);

    assertThat(registrations().get(0).element().userTransport().addresses())
        .containsExactly(Ipv6.ofText("192.0.2.1"));
    assertThat(registrations().get(0).element().asapTransport()).isEmpty();
  }

  @Test
  void nothingIsRegisteredBeforeTheServerIsReady() {
    start(Duration.ofSeconds(300), byPriority(DHCP4));
    open(ONE);
    pass(60);

    assertThat(wire.sent).isEmpty();
    assertThat(state()).isEqualTo(State.NOT_READY);

    endpoint.readiness(READY, now);
    assertThat(registrations()).hasSize(1);
    assertThat(state()).isEqualTo(State.REGISTERING);
  }

  @Test
  @DisplayName("P-035 a registration at another registrar has the same identifier")
  void theIdentifierStays() {
    long home = registeredAt(ONE);

    end(home);
    pass(1);
    open(TWO);

    assertThat(registrations()).hasSize(1);
    assertThat(registrations().get(0).element().identifier()).isEqualTo(ID);
    assertThat(wire.sent.get(0).session()).isEqualTo(session(TWO));
  }

  @ParameterizedTest
  @ValueSource(longs = {30, 300, 100_000})
  @DisplayName("P-036 P-040 a registration is repeated before its life ends, as T4 says")
  void itIsRepeatedBeforeItEnds(long life) {
    start(Duration.ofSeconds(life), byPriority(DHCP4));
    long home = open(ONE);
    endpoint.readiness(READY, now);
    accept(home);
    long expected = Math.min(600, life - 20);
    wire.sent.clear();

    pass(expected - 1);
    assertThat(wire.sent).isEmpty();
    pass(1);
    assertThat(registrations()).hasSize(1);
    assertThat(state()).isEqualTo(State.REGISTERED);

    accept(home);
    pass(expected);
    assertThat(registrations()).hasSize(2);
  }

  @Test
  void aLifeThatIsTooShortIsRefused() {
    assertThatThrownBy(() -> start(Duration.ofSeconds(29), byPriority(DHCP4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("30 s");
  }

  @Test
  @DisplayName("P-037 T2 runs from the registration to its answer")
  void theAnswerStopsTheTimer() {
    long home = startedAt(ONE);
    assertThat(endpoint.deadline()).isEqualTo(now + 5 * SECOND);

    accept(home);

    assertThat(endpoint.deadline()).isEqualTo(now + 280 * SECOND);
    assertThat(state()).isEqualTo(State.REGISTERED);
  }

  @Test
  @DisplayName("P-038 a registrar that does not answer is left for another one when T2 is over")
  void aSilentRegistrarIsLeft() {
    startedAt(ONE);
    wire.sent.clear();

    pass(5);
    long second = open(TWO);

    assertThat(registrations()).hasSize(1);
    assertThat(wire.sent.get(0).session()).isEqualTo(second);
    accept(second);
    assertThat(state()).isEqualTo(State.REGISTERED);
  }

  @Test
  @DisplayName("P-038 a registrar that takes no messages is left for another one at once")
  void aSendFailureBeginsTheHunt() {
    start(Duration.ofSeconds(300), byPriority(DHCP4));
    open(ONE);
    wire.isDeaf = true;
    endpoint.readiness(READY, now);
    wire.isDeaf = false;

    open(TWO);

    assertThat(registrations()).hasSize(1);
  }

  @Test
  @DisplayName("P-038 a lost registrar is replaced, and the registration repeated there")
  void aLostRegistrarIsReplaced() {
    long home = registeredAt(ONE);

    end(home);
    assertThat(state()).isEqualTo(State.REGISTERING);
    open(TWO);

    assertThat(registrations()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        ErrorCause.INCONSISTENT_POLICY,
        ErrorCause.INCONSISTENT_TRANSPORT_TYPE,
        ErrorCause.INCONSISTENT_DATA_CONTROL,
        ErrorCause.SECURITY_CONSIDERATIONS,
        ErrorCause.INVALID_VALUES
      })
  @DisplayName("P-039 a rejected registration is not repeated unchanged, and an alarm says why")
  void aRejectedRegistrationIsNotRepeated(int cause) {
    long home = startedAt(ONE);

    reject(home, cause);
    pass(299);

    assertThat(registrations()).hasSize(1);
    assertThat(state()).isEqualTo(State.REFUSED);
    assertThat(endpoint.alarms()).hasSize(1).allMatch(each -> each.contains("dhcp4"));

    // Somebody may have mended it where it was refused.
    pass(1);
    assertThat(registrations()).hasSize(2);
  }

  @Test
  @DisplayName("P-039 a registration that one registrar has rejected is tried at another one")
  void anotherRegistrarIsAsked() {
    long home = startedAt(ONE);
    reject(home, ErrorCause.SECURITY_CONSIDERATIONS);

    pass(10);
    end(home);
    open(TWO);

    assertThat(registrations()).hasSize(2);
  }

  @Test
  @DisplayName("P-039 an identifier that somebody else has is corrected, a few times")
  void anIdentifierOfAnotherIsChanged() {
    long home = startedAt(ONE);

    reject(home, ErrorCause.NON_UNIQUE_PE_IDENTIFIER);

    assertThat(registrations()).hasSize(2);
    assertThat(registrations().get(1).element().identifier()).isEqualTo(ID + 1);
    for (int i = 0; i < 10; i++) {
      reject(home, ErrorCause.NON_UNIQUE_PE_IDENTIFIER);
    }
    assertThat(registrations()).hasSize(4);
    assertThat(state()).isEqualTo(State.REFUSED);
  }

  @Test
  @DisplayName("P-039 a registrar without room is asked again after 10, 20, 40 seconds")
  void aFullRegistrarIsAskedAgainLater() {
    long home = startedAt(ONE);
    for (long wait : new long[] {10, 20, 40}) {
      int before = registrations().size();
      reject(home, ErrorCause.LACK_OF_RESOURCES);
      pass(wait - 1);
      assertThat(registrations()).hasSize(before);
      pass(1);
      assertThat(registrations()).hasSize(before + 1);
    }
    accept(home);
    assertThat(state()).isEqualTo(State.REGISTERED);
  }

  @Test
  @DisplayName("P-041 more than MAX-REG-ATTEMPT unanswered registrations are an alarm")
  void manyAttemptsAreAnAlarm() {
    startedAt(ONE);
    pass(5);
    open(TWO);
    assertThat(endpoint.alarms()).isEmpty();
    pass(5);
    long home = open(ONE);

    assertThat(registrations()).hasSize(3);
    assertThat(endpoint.alarms()).anyMatch(each -> each.contains("3 registrations"));

    accept(home);
    assertThat(endpoint.alarms()).isEmpty();
  }

  @Test
  @DisplayName("P-041 the hunt goes on after MAX-REG-ATTEMPT")
  void theHuntGoesOn() {
    startedAt(ONE);
    for (int i = 0; i < 20; i++) {
      pass(61);
      open(i % 2 == 0 ? TWO : ONE);
    }

    assertThat(registrations()).hasSizeGreaterThan(10);
  }

  @Test
  void anotherRankIsRegisteredAtOnce() {
    long home = registeredAt(ONE);

    endpoint.readiness(Readiness.ready(250, "failover is in PARTNER-DOWN"), now);

    assertThat(registrations()).hasSize(1);
    assertThat(registrations().get(0).element().policy().number(0)).isEqualTo(250);
    accept(home);
    endpoint.readiness(Readiness.ready(250, "the same"), now);
    pass(10);
    assertThat(registrations()).hasSize(1);
  }

  @Test
  void aRankThatChangesMeanwhileIsRegisteredAfterTheAnswer() {
    long home = startedAt(ONE);
    endpoint.readiness(Readiness.ready(150, ""), now);
    assertThat(registrations()).hasSize(1);

    accept(home);

    assertThat(registrations()).hasSize(2);
    assertThat(registrations().get(1).element().policy().number(0)).isEqualTo(150);
  }

  @Test
  void aRegistrationThatHasExpiredIsRepeated() {
    long home = registeredAt(ONE);

    tell(home, new DeregistrationResponse(DHCP4, ID, Optional.empty()));

    assertThat(registrations()).hasSize(1);
    assertThat(endpoint.counters().snapshot()).containsEntry("registrations-expired", 1L);
  }

  @Test
  void aWarningIsShown() {
    long home = startedAt(ONE);

    tell(
        home,
        new RegistrationResponse(
            false, DHCP4, ID, Optional.of(OperationError.of(ErrorCause.INVALID_VALUES))));

    assertThat(state()).isEqualTo(State.REGISTERED);
    assertThat(endpoint.registrations(now, Instant.EPOCH).get(0).why()).contains("invalid-values");
  }

  @Test
  @DisplayName("P-157 nothing is sent to a registrar that has not proved itself")
  void nothingIsSentToAStranger() {
    start(Duration.ofSeconds(300), byPriority(DHCP4));
    endpoint.readiness(READY, now);

    endpoint.opened(session(ONE), registrar(ONE, PeerRole.POOL_ELEMENT), now);
    endpoint.ended(session(TWO), "handshake-failed: unknown key", now);
    pass(20);

    assertThat(wire.sent).isEmpty();
    assertThat(endpoint.alarms()).anyMatch(each -> each.contains("handshake-failed"));
  }

  @Test
  @DisplayName("P-157 answers of a stranger have no effect")
  void aStrangerIsNotHeard() {
    startedAt(ONE);
    long stranger = 999;
    endpoint.opened(stranger, registrar("192.0.2.66", PeerRole.POOL_USER), now);

    accept(stranger);

    assertThat(state()).isEqualTo(State.REGISTERING);
    assertThat(endpoint.counters().snapshot()).containsEntry("strangers-refused", 1L);
  }
}
