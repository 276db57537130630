// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.hop.Application;
import io.leasehold.hop.HopLimits;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class DeadlinesTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Clocks of machines may be anywhere, also before zero. */
  private static final long START = -5 * SECOND;

  private static Deadlines of(HandshakeRole role, Duration idle) {
    return of(role, idle, false);
  }

  private static Deadlines of(HandshakeRole role, Duration idle, boolean sessions) {
    HopLimits usual = HopLimits.USUAL;
    Deadlines deadlines =
        new Deadlines(
            new HopSpec(
                Application.DHCPV6_RELAY,
                role,
                true,
                sessions,
                PeerSelector.anyOf(PeerRole.RELAY),
                new HopLimits(
                    usual.unauthenticated(),
                    usual.perSource(),
                    usual.perPeer(),
                    usual.handshake(),
                    usual.frame(),
                    idle,
                    usual.age()),
                null,
                new HopCounters(),
                TcpSettings.USUAL));
    deadlines.connected(START);
    return deadlines;
  }

  private static Deadlines established(HandshakeRole role) {
    Deadlines deadlines = of(role, Duration.ZERO);
    deadlines.established(START);
    return deadlines;
  }

  private static Ending at(Deadlines deadlines, double seconds) {
    return at(deadlines, seconds, false);
  }

  private static Ending at(Deadlines deadlines, double seconds, boolean waiting) {
    Deadlines.Overdue due = deadlines.due(START + (long) (seconds * SECOND), waiting);
    return due == null ? null : due.ending();
  }

  @Test
  void whoIsNotKnownInTenSecondsHasToGo() {
    Deadlines deadlines = of(HandshakeRole.SERVER, Duration.ZERO);
    assertThat(at(deadlines, 9.9)).isNull();
    assertThat(at(deadlines, 10)).isEqualTo(Ending.HANDSHAKE_TIMEOUT);
  }

  @Test
  void theAnswerToStartTlsHasFiveSeconds() {
    Deadlines deadlines = of(HandshakeRole.CLIENT, Duration.ZERO);
    deadlines.asked();
    assertThat(at(deadlines, 4.9)).isNull();
    assertThat(at(deadlines, 5)).isEqualTo(Ending.STARTTLS_UNANSWERED);
    deadlines.begun();
    assertThat(at(deadlines, 5)).isNull();
  }

  @Test
  void aMessageIsWholeInTenSeconds() {
    Deadlines deadlines = established(HandshakeRole.SERVER);
    deadlines.partial(true, false, START + 5 * SECOND);
    deadlines.partial(true, false, START + 14 * SECOND);
    assertThat(at(deadlines, 14.9)).isNull();
    assertThat(at(deadlines, 15)).as("one octet does not help").isEqualTo(Ending.FRAME_TIMEOUT);

    deadlines.partial(true, true, START + 15 * SECOND);
    assertThat(at(deadlines, 24)).as("it was another message").isNull();
    deadlines.partial(false, true, START + 24 * SECOND);
    assertThat(at(deadlines, 100)).isNull();
  }

  @Test
  void idleConnectionsGoWhereTheyShould() {
    Deadlines deadlines = of(HandshakeRole.SERVER, Duration.ofSeconds(10));
    deadlines.established(START);
    assertThat(at(deadlines, 10)).isEqualTo(Ending.IDLE);
    deadlines.message(START + 9 * SECOND);
    assertThat(at(deadlines, 18.9)).isNull();
    assertThat(at(established(HandshakeRole.SERVER), 3600)).as("for ever").isNull();
  }

  @Test
  void aPeerAnswersOneOfTwentyMessagesInThirtySeconds() {
    Deadlines deadlines = established(HandshakeRole.CLIENT);
    for (int i = 0; i < 19; i++) {
      deadlines.sent(START + SECOND);
    }
    assertThat(at(deadlines, 60)).as("19 are not enough").isNull();
    deadlines.sent(START + 20 * SECOND);
    assertThat(at(deadlines, 30.9)).isNull();
    assertThat(at(deadlines, 31)).isEqualTo(Ending.PEER_SILENT);
    deadlines.message(START + 31 * SECOND);
    assertThat(at(deadlines, 31)).isNull();
  }

  @Test
  void aPeerThatTakesNothingHasToGo() {
    Deadlines deadlines = established(HandshakeRole.SERVER);
    deadlines.sent(START + SECOND);
    assertThat(at(deadlines, 32, false)).as("nothing waits").isNull();
    assertThat(at(deadlines, 30, true)).isNull();
    assertThat(at(deadlines, 31, true)).isEqualTo(Ending.STALLED);
  }

  @Test
  void whatWasReplacedGoesWhenItIsQuietOrInTime() {
    Deadlines quiet = established(HandshakeRole.CLIENT);
    quiet.draining(START + SECOND);
    assertThat(at(quiet, 2.9)).isNull();
    assertThat(at(quiet, 3)).isEqualTo(Ending.DRAINED);

    Deadlines busy = established(HandshakeRole.CLIENT);
    busy.draining(START);
    busy.message(START + 29 * SECOND);
    assertThat(at(busy, 29)).isNull();
    assertThat(at(busy, 30)).isEqualTo(Ending.DRAINED);
  }

  @Test
  void whatWasMadeInAnotherWayLivesAsLongAsItMay() {
    Deadlines stays = established(HandshakeRole.SERVER);
    stays.succeeded(START);
    stays.outdated(START + 28 * SECOND);
    assertThat(at(stays, 27.9)).as("nothing has come for long").isNull();
    assertThat(at(stays, 28)).isEqualTo(Ending.DRAINED);
    stays.outdated(START + 60 * SECOND);
    assertThat(at(stays, 28)).as("another change gives no more time").isEqualTo(Ending.DRAINED);
    stays.outdated(START + 6 * SECOND);
    assertThat(at(stays, 6)).as("but it may give less").isEqualTo(Ending.DRAINED);
  }

  @Test
  void whatWasMadeInAnotherWayGoesWhenThePeerHasMovedOver() {
    Deadlines moved = established(HandshakeRole.SERVER);
    moved.outdated(START + 28 * SECOND);
    moved.succeeded(START + 10 * SECOND);
    moved.message(START + 11 * SECOND);
    assertThat(at(moved, 12.9)).isNull();
    assertThat(at(moved, 13)).isEqualTo(Ending.DRAINED);
  }

  @Test
  void noConnectionOutlivesADay() {
    double day = 24 * 3600;
    assertThat(at(established(HandshakeRole.SERVER), day)).as("the peer comes first").isNull();
    assertThat(at(established(HandshakeRole.SERVER), day + 300)).isEqualTo(Ending.DRAINED);
  }

  /** Keepalive is the protocol's (RFC 8156 section 6.5), and so is another connection. */
  @Test
  void noSessionEndsForAgeOrSilence() {
    Deadlines deadlines = of(HandshakeRole.CLIENT, Duration.ZERO, true);
    deadlines.established(START);
    for (int i = 0; i < 1000; i++) {
      deadlines.sent(START);
    }
    assertThat(at(deadlines, 7 * 24 * 3600)).isNull();
    Deadlines server = of(HandshakeRole.SERVER, Duration.ZERO, true);
    server.established(START);
    assertThat(at(server, 7 * 24 * 3600)).isNull();
  }

  @Test
  void aMessageIsNotLateWhileItIsNotRead() {
    Deadlines deadlines = established(HandshakeRole.SERVER);
    deadlines.partial(true, false, START);
    deadlines.paused(true, START + SECOND);
    assertThat(at(deadlines, 100)).isNull();
    deadlines.paused(false, START + 100 * SECOND);
    assertThat(at(deadlines, 109)).isNull();
    assertThat(at(deadlines, 110)).isEqualTo(Ending.FRAME_TIMEOUT);
  }
}
