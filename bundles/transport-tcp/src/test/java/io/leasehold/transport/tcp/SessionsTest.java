// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopLimits;
import io.leasehold.hop.HopSession;
import io.leasehold.hop.HopTransport;
import io.leasehold.hop.ListenSpec;
import io.leasehold.hop.SessionTransport;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.security.Carrier;
import io.leasehold.security.Channels;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.testkit.Await;
import io.leasehold.testkit.hop.HopHosts;
import io.leasehold.testkit.hop.RecordedSessions;
import io.leasehold.testkit.hop.TestChannels;
import io.leasehold.testkit.hop.TestEngine;
import io.leasehold.transport.Binding;
import io.leasehold.transport.EndpointStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Connections whose user tells them apart, as failover does. */
final class SessionsTest extends HopHosts {
  private static final Duration SOON = Duration.ofMillis(300);
  private static final Duration LATE = Duration.ofMinutes(5);
  private static final Bytes START_TLS = Bytes.ofHex("000417000001");
  private static final Bytes CONNECT = Bytes.ofHex("00081800000101234567");

  private final RecordedSessions accepting = new RecordedSessions();
  private final RecordedSessions connecting = new RecordedSessions();

  @Override
  protected HopTransport transport(Channels channels) {
    return new TcpHopTransport(channels, List::of, QuickSettings.QUICK);
  }

  @Override
  protected Carrier carrier() {
    return Carrier.STREAM;
  }

  private Binding accept() {
    return accept(new HopLimits(8, 2, 8, LATE, LATE, Duration.ZERO, Duration.ZERO), false);
  }

  private Binding accept(HopLimits limits, boolean clear) {
    ListenSpec spec =
        new ListenSpec(
            Application.FAILOVER,
            List.of("127.0.0.1"),
            port(),
            TestChannels.PROFILE,
            PeerSelector.anyOf(PeerRole.RELAY),
            limits,
            clear);
    Binding binding = ((SessionTransport) server()).accept(spec, true, accepting);
    open.push(binding);
    Await.until(
        PATIENCE,
        () ->
            binding.endpoints().stream()
                .allMatch(each -> each.state() == EndpointStatus.State.LISTENING));
    return binding;
  }

  private HopSession connect() {
    ConnectSpec spec =
        new ConnectSpec(
            Application.FAILOVER,
            LOOPBACK,
            port(),
            TestChannels.PROFILE,
            PeerSelector.only("server", PeerRole.SERVER),
            true);
    return ((SessionTransport) relay()).connect(spec, connecting);
  }

  private Socket from(int host) throws IOException {
    Socket socket = new Socket();
    open.push(socket);
    socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0." + host), 0));
    socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port()));
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }

  private static Bytes rest(Socket socket) {
    try {
      return Bytes.wrap(socket.getInputStream().readAllBytes());
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("reset");
      return Bytes.EMPTY;
    }
  }

  private static byte[] joined(Bytes... parts) {
    ByteBuffer all = ByteBuffer.allocate(1000);
    for (Bytes each : parts) {
      each.putInto(all);
    }
    return Bytes.copyOf(all.flip()).toArray();
  }

  private static Bytes numbered(int number, int length) {
    byte[] octets = new byte[length];
    octets[0] = (byte) number;
    return Bytes.wrap(octets);
  }

  private static void awaitCount(Binding binding, String counter, long count) {
    Await.until(PATIENCE, () -> binding.counters().get(counter) == count);
  }

  @Test
  void bothSidesHearOfTheBeginningAndTheEnd() {
    accept();
    HopSession ours = connect();

    HopSession theirs = accepting.awaitOpened(1);
    assertThat(connecting.awaitOpened(1)).isEqualTo(ours);
    assertThat(theirs.isOutgoing()).isFalse();
    assertThat(theirs.remote()).isEqualTo(LOOPBACK);
    assertThat(theirs.peer().orElseThrow().peerId()).isEqualTo("relay");
    assertThat(ours.peer().orElseThrow().peerId()).isEqualTo("server");
    assertThat(ours.send(Bytes.of(24, 1))).isTrue();
    assertThat(theirs.send(Bytes.of(25, 1))).isTrue();
    accepting.awaitMessages(1);
    connecting.awaitMessages(1);
    assertThat(accepting.messages()).containsExactly(Bytes.of(24, 1));
    assertThat(connecting.messages()).containsExactly(Bytes.of(25, 1));

    theirs.close();

    assertThat(connecting.awaitEnded(1)).startsWith("closed-by-peer");
    assertThat(accepting.awaitEnded(1)).startsWith("closed:");
    assertThat(ours.send(Bytes.of(1))).as("nowhere").isFalse();
    Await.until(PATIENCE, () -> server().links().isEmpty() && relay().links().isEmpty());
  }

  @Test
  void whatWasSentBeforeItIsClosedArrives() {
    accept();
    HopSession ours = connect();
    connecting.awaitOpened(1);

    for (int i = 0; i < 100; i++) {
      assertThat(ours.send(numbered(i, 9000))).isTrue();
    }
    ours.close();

    accepting.awaitEnded(1);
    assertThat(accepting.messages()).hasSize(100);
    assertThat(accepting.messages().get(99)).isEqualTo(numbered(99, 9000));
  }

  @Test
  void aMessageNeverGoesByAnotherConnectionOfThePeer() {
    accept();
    HopSession first = connect();
    HopSession theirs = accepting.awaitOpened(1);
    connect();
    accepting.awaitOpened(2);
    first.close();
    accepting.awaitEnded(1);

    assertThat(theirs.send(Bytes.of(1))).isFalse();

    accepting.opened().get(1).send(Bytes.of(2));
    connecting.awaitMessages(1);
    assertThat(connecting.messages()).containsExactly(Bytes.of(2));
  }

  @Test
  void oneTryIsOneTry() {
    HopSession nobody = connect();
    assertThat(connecting.awaitEnded(1)).startsWith("connect-failed");
    assertThat(connecting.opened()).isEmpty();
    assertThat(nobody.send(Bytes.of(1))).isFalse();
    assertThat(relay().links()).isEmpty();

    Binding binding = accept();
    connect();
    accepting.awaitOpened(1);
    assertThat(binding.counters()).as("no other one").containsEntry("accepted", 1L);
    assertThat(connecting.ended()).hasSize(1);
  }

  @Test
  void whoIsNotExpectedIsSaidOnce() {
    accept();
    relayChannels.knows("server", PeerRole.RELAY);
    connect();
    assertThat(connecting.awaitEnded(1)).startsWith("handshake-failed").contains("not expected");
    assertThat(accepting.messages()).isEmpty();
  }

  @Test
  void anAttemptCanBeGivenUp() {
    connect().close();
    connecting.awaitEnded(1);
    assertThat(connecting.opened()).isEmpty();
  }

  /** RFC 8156 section 6.1: who is no primary of ours is dropped at once. */
  @Test
  void anAddressThatIsNotExpectedIsNotRead() throws IOException {
    accepting.admitOnly(LOOPBACK);
    Binding binding = accept();

    Socket stranger = from(2);
    assertThat(rest(stranger)).isEqualTo(Bytes.EMPTY);
    awaitCount(binding, "refused-address", 1);
    assertThat(binding.counters()).containsEntry("accepted", 0L);
    connect();
    accepting.awaitOpened(1);

    accepting.admitOnly(Ipv6.ofText("127.0.0.2"));
    connect();
    connecting.awaitEnded(1);
    awaitCount(binding, "refused-address", 2);
  }

  /** RFC 7653 section 9.1: neither TLS nor messages without STARTTLS. */
  @Test
  void nothingBeginsWithoutStartTls() throws IOException {
    Binding binding = accept();
    Socket tls = from(2);
    tls.getOutputStream().write(TestEngine.hello("relay", 1).array());
    assertThat(rest(tls)).isEqualTo(Bytes.EMPTY);
    awaitCount(binding, "first-octets-refused", 1);

    Socket clear = from(3);
    clear.getOutputStream().write(CONNECT.toArray());
    assertThat(rest(clear)).isEqualTo(Bytes.EMPTY);
    awaitCount(binding, "first-octets-refused", 2);
    assertThat(accepting.opened()).isEmpty();
    assertThat(accepting.messages()).isEmpty();
  }

  /** RFC 9325 section 3.2: what came in clear after STARTTLS is no message, before or after TLS. */
  @Test
  void plaintextAfterStartTlsIsNeverAMessage() throws IOException {
    Binding binding = accept();
    Socket together = from(2);
    together.getOutputStream().write(joined(START_TLS, CONNECT));
    assertThat(rest(together)).as("not even granted").isEqualTo(Bytes.EMPTY);

    Socket later = from(3);
    later.getOutputStream().write(START_TLS.toArray());
    assertThat(Bytes.wrap(later.getInputStream().readNBytes(6)).toHex()).isEqualTo("000407000001");
    later.getOutputStream().write(CONNECT.toArray());
    assertThat(rest(later)).isEqualTo(Bytes.EMPTY);

    Socket before = from(4);
    before
        .getOutputStream()
        .write(
            joined(
                START_TLS,
                CONNECT,
                Bytes.copyOf(TestEngine.hello("relay", 1)),
                Bytes.copyOf(TestEngine.data(ByteBuffer.wrap(CONNECT.toArray()), 1))));
    assertThat(rest(before)).isEqualTo(Bytes.EMPTY);

    awaitCount(binding, "first-octets-refused", 3);
    assertThat(accepting.opened()).isEmpty();
    assertThat(accepting.messages()).isEmpty();
  }

  @Test
  void ofAnAddressTheOldestThatSaysNothingGoes() throws IOException {
    Binding binding = accept();
    Socket first = from(2);
    from(2);
    awaitCount(binding, "accepted", 2);

    from(2);

    assertThat(rest(first)).isEqualTo(Bytes.EMPTY);
    awaitCount(binding, "displaced", 1);
    awaitCount(binding, "accepted", 3);
  }

  /** RFC 8156 section 10: the session in use is not harmed. */
  @Test
  void connectionsThatSayNothingHarmNoSession() throws IOException {
    accepting.expecting(true);
    Binding binding = accept();
    HopSession ours = connect();
    connecting.awaitOpened(1);
    accepting.awaitOpened(1);
    for (int i = 0; i < 200; i++) {
      from(2 + i % 50);
    }
    awaitCount(binding, "refused-unauthenticated", 0);
    Await.until(PATIENCE, () -> binding.counters().get("displaced") > 100);

    assertThat(ours.send(Bytes.of(1))).isTrue();
    accepting.awaitMessages(1);
    connect();
    accepting.awaitOpened(2);
    assertThat(accepting.ended()).isEmpty();
  }

  @Test
  void whoTakesNothingEndsItsSession() throws IOException {
    Binding binding = accept();
    Socket deaf = from(2);
    deaf.getOutputStream().write(START_TLS.toArray());
    deaf.getInputStream().readNBytes(6);
    deaf.getOutputStream().write(TestEngine.hello("relay", 1).array());
    HopSession session = accepting.awaitOpened(1);

    int sent = 0;
    while (sent < 10_000 && session.send(numbered(sent, 60_000))) {
      sent++;
    }

    assertThat(sent).as("what fits into buffers").isBetween(10, 1000);
    assertThat(accepting.awaitEnded(1)).startsWith("queue-full");
    awaitCount(binding, "queue-full", 1);
  }

  @Test
  void whatIsNotReadWaitsAndIsNotLate() {
    accepting.pausing(true);
    accept(new HopLimits(8, 2, 8, LATE, SOON, Duration.ZERO, Duration.ZERO), false);
    HopSession ours = connect();
    HopSession theirs = accepting.awaitOpened(1);
    connecting.awaitOpened(1); // later than the other side
    for (int i = 0; i < 50; i++) {
      assertThat(ours.send(numbered(i, 20_000))).isTrue();
    }
    accepting.awaitMessages(1);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    Await.until(PATIENCE, () -> System.nanoTime() - end > 0);
    assertThat(accepting.messages()).as("64 KiB").hasSizeLessThan(5);
    assertThat(accepting.ended()).as("in spite of half a message").isEmpty();

    accepting.pausing(false);
    theirs.read(true);

    accepting.awaitMessages(50);
    assertThat(accepting.messages().get(49)).isEqualTo(numbered(49, 20_000));
  }

  @Test
  void aSessionEndsWithItsChannel() {
    accept();
    connect();
    accepting.awaitOpened(1);
    connecting.awaitOpened(1);
    relayChannels.grace(SOON);

    relayChannels.renew();

    assertThat(connecting.awaitEnded(1)).startsWith("drained").contains("the channel has changed");
    assertThat(connecting.outdated()).as("told before").hasSize(1);
    accepting.awaitEnded(1);
    connect();
    connecting.awaitOpened(2);
    relayChannels.gone("for the test");
    assertThat(connecting.awaitEnded(2)).startsWith("channel-down").contains("for the test");
    accepting.awaitEnded(2);
    assertThat(relayChannels.listeners()).as("nobody listens any more").isZero();
  }
}
