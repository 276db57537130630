// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.pool.PoolRegistration.State;
import io.leasehold.rserpool.wire.ErrorCause;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.asap.AsapError;
import io.leasehold.rserpool.wire.asap.EndpointKeepAlive;
import io.leasehold.rserpool.wire.asap.EndpointKeepAliveAck;
import io.leasehold.rserpool.wire.parameter.OperationError;
import io.leasehold.security.PeerRole;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RFC 5352 section 3.4, and what else registrars say. */
final class KeepAliveTest extends ElementGround {
  private static final long VISITOR = 7000;

  private void visit() {
    endpoint.opened(VISITOR, registrar("192.0.2.77", PeerRole.ENRP_SERVER), now);
  }

  private long acknowledged() {
    return sent(EndpointKeepAliveAck.class).size();
  }

  @Test
  @DisplayName("P-053 every keep-alive is acknowledged")
  void everyKeepAliveIsAcknowledged() {
    long home = registeredAt(ONE);
    for (int i = 0; i < 50; i++) {
      ask(home, false);
      pass(1);
    }

    assertThat(acknowledged()).isEqualTo(50);
  }

  @Test
  @DisplayName("P-054 a keep-alive of another pool is discarded silently")
  void anotherPoolIsNotAnswered() {
    long home = registeredAt(ONE);

    tell(
        home,
        new EndpointKeepAlive(false, 0x1111_1111L, PoolHandle.of("dhcp6"), OptionalLong.empty()));

    assertThat(wire.sent).isEmpty();
    assertThat(endpoint.counters().snapshot()).containsEntry("keep-alives-foreign", 1L);
  }

  @Test
  @DisplayName("P-054 a keep-alive of a pool that was left is discarded silently")
  void aPoolThatWasLeftIsNotAnswered() {
    long home = registeredAt(ONE);
    endpoint.readiness(Readiness.absent(""), now);
    letGo(home);
    wire.sent.clear();

    ask(home, false);

    assertThat(wire.sent).isEmpty();
  }

  @Test
  @DisplayName("P-054 a keep-alive for another element of the pool is discarded silently")
  void anotherElementIsNotAnswered() {
    long home = registeredAt(ONE);

    tell(home, new EndpointKeepAlive(false, 1, DHCP4, OptionalLong.of(ID + 1)));
    assertThat(wire.sent).isEmpty();
    tell(home, new EndpointKeepAlive(false, 1, DHCP4, OptionalLong.of(ID)));
    assertThat(acknowledged()).isEqualTo(1);
  }

  @Test
  @DisplayName("P-055 the acknowledgement has handle and identifier, and goes the same way back")
  void theAcknowledgementGoesBack() {
    registeredAt(ONE);
    visit();

    ask(VISITOR, false);

    assertThat(wire.sent).containsExactly(new Sent(VISITOR, new EndpointKeepAliveAck(DHCP4, ID)));
    assertThat(wire.sent.get(0).message().encode())
        .isEqualTo(Bytes.ofHex("08000018" + "00090009646863703400" + "0000" + "000e00080a0b0c0d"));
  }

  @Test
  @DisplayName("P-056 who says that it is home is home: the next registration goes there")
  void whoTakesOverIsHome() {
    long old = registeredAt(ONE);
    visit();

    ask(VISITOR, true);

    assertThat(wire.open).doesNotContainKey(old);
    assertThat(registrations()).as("it has the registration already").isEmpty();
    assertThat(endpoint.registrations(now, Instant.EPOCH).get(0).member().home())
        .isEqualTo(0x1111_1111L);
    endpoint.readiness(Readiness.ready(250, ""), now);
    assertThat(wire.sent).extracting(Sent::session).containsOnly(VISITOR);
    assertThat(registrations()).hasSize(1);
    accept(VISITOR);
    assertThat(state()).isEqualTo(State.REGISTERED);
  }

  @Test
  @DisplayName("P-056 who only asks is not home")
  void whoOnlyAsksIsNotHome() {
    long home = registeredAt(ONE);
    visit();

    ask(VISITOR, false);
    wire.sent.clear();
    endpoint.readiness(Readiness.ready(250, ""), now);

    assertThat(wire.sent).extracting(Sent::session).containsExactly(home);
  }

  @Test
  @DisplayName("P-056 when the registrar that took over is lost, another one is looked for")
  void aLostAdoptedHomeIsReplaced() {
    registeredAt(ONE);
    visit();
    ask(VISITOR, true);
    pass(10);
    wire.sent.clear();

    end(VISITOR);
    open(TWO);

    assertThat(registrations()).hasSize(1);
  }

  @Test
  @DisplayName("P-157 a stranger cannot become home")
  void aStrangerCannotBecomeHome() {
    long home = registeredAt(ONE);
    endpoint.opened(VISITOR, registrar("192.0.2.77", PeerRole.POOL_ELEMENT), now);

    ask(VISITOR, true);
    endpoint.readiness(Readiness.ready(250, ""), now);

    assertThat(wire.sent).extracting(Sent::session).containsExactly(home);
  }

  @Test
  @DisplayName("P-166 more than 10 keep-alives a second are dropped and counted")
  void aFloodIsDropped() {
    long home = registeredAt(ONE);
    visit();
    for (int i = 0; i < 1000; i++) {
      ask(home, false);
    }
    assertThat(acknowledged()).isEqualTo(10);
    assertThat(endpoint.counters().snapshot()).containsEntry("keep-alives-too-many", 990L);

    ask(VISITOR, false);
    assertThat(acknowledged()).as("another registrar").isEqualTo(11);
    pass(1);
    for (int i = 0; i < 1000; i++) {
      ask(home, false);
    }
    assertThat(acknowledged()).isEqualTo(21);
  }

  @Test
  @DisplayName("P-077 an error is counted and never answered")
  void anErrorIsNotAnswered() {
    long home = registeredAt(ONE);

    tell(home, new AsapError(OperationError.of(ErrorCause.UNSPECIFIED)));

    assertThat(wire.sent).isEmpty();
    assertThat(endpoint.counters().snapshot()).containsEntry("errors-received", 1L);
  }

  @Test
  @DisplayName("P-008 an unknown message that is to be reported is reported")
  void anUnknownMessageIsReported() {
    long home = registeredAt(ONE);

    endpoint.message(home, Bytes.ofHex("40000004"), now);

    assertThat(sent(AsapError.class)).hasSize(1);
    assertThat(sent(AsapError.class).get(0).error().has(ErrorCause.UNRECOGNIZED_MESSAGE)).isTrue();
  }

  @Test
  @DisplayName("P-024 what is no message has no effect")
  void whatIsNoMessageHasNoEffect() {
    long home = registeredAt(ONE);

    endpoint.message(home, Bytes.ofHex("0300"), now);
    endpoint.message(home, Bytes.ofHex("0300000800090009"), now);

    assertThat(wire.sent).isEmpty();
    assertThat(state()).isEqualTo(State.REGISTERED);
    assertThat(endpoint.counters().snapshot()).containsEntry("messages-malformed", 2L);
  }

  @Test
  void registrarsThatConnectAreFew() {
    registeredAt(ONE);
    for (int i = 0; i < 100; i++) {
      endpoint.opened(VISITOR + i, registrar("192.0.2.77", PeerRole.ENRP_SERVER), now);
      ask(VISITOR + i, false);
    }

    assertThat(acknowledged()).isEqualTo(Visitors.MOST);
  }
}
