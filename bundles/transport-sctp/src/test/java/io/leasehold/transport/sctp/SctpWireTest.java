// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.nio.sctp.MessageInfo;
import com.sun.nio.sctp.SctpChannel;
import com.sun.nio.sctp.SctpServerChannel;
import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopLimits;
import io.leasehold.hop.HopSession;
import io.leasehold.hop.ListenSpec;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.security.Carrier;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.testkit.Await;
import io.leasehold.testkit.hop.RecordedSessions;
import io.leasehold.testkit.hop.TestChannels;
import io.leasehold.transport.Binding;
import io.leasehold.transport.EndpointStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What goes through the kernel, seen by a socket that this transport did not make. */
@ExtendWith(Kernel.class)
@Timeout(120) // a plain socket waits for ever
final class SctpWireTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int PORT = 39_863;
  private static final Bytes MESSAGE = Bytes.ofHex("05010004");

  private final TestChannels channels = new TestChannels("host", Carrier.NETWORK);
  private final RecordedSessions user = new RecordedSessions();
  private SctpSessionTransport transport = using("127.0.0.1 127.0.0.2");

  private SctpSessionTransport using(String addresses) {
    return new SctpSessionTransport(channels, QuickSctp.with(SctpSettings.addresses(addresses)));
  }

  @AfterEach
  void close() {
    transport.close();
  }

  private Binding accept(Duration handshake) {
    HopLimits limits =
        new HopLimits(4, 2, 2, handshake, Duration.ofSeconds(5), Duration.ZERO, Duration.ZERO);
    Binding binding =
        transport.accept(
            new ListenSpec(
                Application.ASAP,
                List.of("*"),
                PORT,
                TestChannels.PROFILE,
                PeerSelector.anyOf(PeerRole.POOL_ELEMENT),
                limits,
                true),
            false,
            user);
    Await.until(
        PATIENCE,
        () ->
            binding.endpoints().size() == 2
                && binding.endpoints().stream()
                    .allMatch(each -> each.state() == EndpointStatus.State.LISTENING));
    return binding;
  }

  private HopSession connect(Application application, String to) {
    return transport.connect(
        new ConnectSpec(
            application,
            Ipv6.ofText(to),
            PORT,
            TestChannels.PROFILE,
            PeerSelector.anyOf(PeerRole.ENRP_SERVER),
            false,
            true),
        user);
  }

  private static InetSocketAddress at(String address, int port) throws IOException {
    return new InetSocketAddress(InetAddress.getByName(address), port);
  }

  private static SctpChannel plain(String from, String... more) throws IOException {
    SctpChannel channel = SctpChannel.open();
    channel.bind(at(from, 0));
    for (String each : more) {
      channel.bindAddress(InetAddress.getByName(each));
    }
    channel.connect(at("127.0.0.1", PORT));
    return channel;
  }

  private static void send(SctpChannel channel, Bytes octets, int protocol) throws IOException {
    channel.send(
        ByteBuffer.wrap(octets.toArray()),
        MessageInfo.createOutgoing(null, 0).payloadProtocolID(protocol));
  }

  private static MessageInfo receive(SctpChannel channel, ByteBuffer into) throws IOException {
    MessageInfo info = channel.receive(into, null, null);
    into.flip();
    return info;
  }

  /** P-075: the identifier as the other side sees it, on the first stream, in order. */
  @Test
  void messagesHaveThePayloadProtocolOfTheirApplication() throws IOException {
    try (SctpServerChannel door = SctpServerChannel.open()) {
      door.bind(at("127.0.0.1", PORT));
      for (Application each : List.of(Application.ASAP, Application.ENRP)) {
        HopSession session = connect(each, "127.0.0.1");
        try (SctpChannel peer = door.accept()) {
          Await.until(PATIENCE, () -> user.opened().contains(session));
          assertThat(session.send(Bytes.ofHex("0501000541"))).isTrue();
          ByteBuffer octets = ByteBuffer.allocate(100);
          MessageInfo info = receive(peer, octets);
          assertThat(info.payloadProtocolID()).isEqualTo(each == Application.ASAP ? 11 : 12);
          assertThat(info.streamNumber()).isZero();
          assertThat(info.isUnordered()).isFalse();
          assertThat(info.isComplete()).isTrue();
          assertThat(octets.remaining()).as("padded").isEqualTo(8);
        }
      }
    }
  }

  /** P-075. */
  @Test
  void whatHasAnotherPayloadProtocolIsDropped() throws IOException {
    Binding binding = accept(Duration.ofMinutes(5));
    try (SctpChannel peer = plain("127.0.0.5")) {
      send(peer, MESSAGE, 0);
      send(peer, MESSAGE, 12);
      send(peer, Bytes.ofHex("050100050000000000"), 11);
      send(peer, MESSAGE, 11);
      user.awaitMessages(1);
      assertThat(user.messages()).containsExactly(MESSAGE);
      assertThat(binding.counters())
          .containsEntry("message-foreign", 2L)
          .containsEntry("message-invalid", 1L)
          .containsEntry("received", 1L);
    }
  }

  /** P-030: several paths, all of them known to both sides. */
  @Test
  void anAssociationHasAllConfiguredAddresses() throws IOException {
    accept(Duration.ofMinutes(5));
    try (SctpChannel peer = plain("127.0.0.5", "127.0.0.6")) {
      send(peer, MESSAGE, 11);
      HopSession session = user.awaitOpened(1);
      assertThat(session.remote()).isEqualTo(Ipv6.ofText("127.0.0.5"));
      assertThat(session.remotes())
          .containsExactly(Ipv6.ofText("127.0.0.5"), Ipv6.ofText("127.0.0.6"));
      assertThat(peer.getRemoteAddresses())
          .containsExactlyInAnyOrder(at("127.0.0.1", PORT), at("127.0.0.2", PORT));
      assertThat(transport.links().get(0).local()).isEqualTo("127.0.0.1,127.0.0.2:" + PORT);
    }
    try (SctpServerChannel door = SctpServerChannel.open()) {
      door.bind(at("127.0.0.7", PORT));
      connect(Application.ENRP, "127.0.0.7");
      try (SctpChannel peer = door.accept()) {
        assertThat(peer.getRemoteAddresses())
            .extracting(each -> ((InetSocketAddress) each).getAddress().getHostAddress())
            .containsExactlyInAnyOrder("127.0.0.1", "127.0.0.2");
      }
    }
  }

  @Test
  void whoSaysNothingIsCutOff() throws IOException {
    Binding binding = accept(Duration.ofMillis(300));
    try (SctpChannel peer = plain("127.0.0.5")) {
      assertEnds(peer);
    }
    assertThat(binding.counters()).containsEntry("handshake-timeout", 1L);
    assertThat(user.opened()).isEmpty();
  }

  @Test
  void anAddressThatIsNotExpectedIsNotReadWhateverElseItClaims() throws IOException {
    user.admitOnly(Ipv6.ofText("127.0.0.6"));
    Binding binding = accept(Duration.ofMinutes(5));
    try (SctpChannel peer = plain("127.0.0.5")) {
      assertEnds(peer);
    }
    assertThat(binding.counters()).containsEntry("refused-address", 1L);
    try (SctpChannel peer = plain("127.0.0.6")) {
      send(peer, MESSAGE, 11);
      user.awaitMessages(1);
    }
    assertThat(user.awaitEnded(1)).matches("closed-by-peer.*|connection-lost.*");
  }

  @Test
  void whatIsNotAdmittedInClearIsAborted() throws IOException {
    channels.admitting(false);
    accept(Duration.ofMinutes(5));
    try (SctpChannel peer = plain("127.0.0.5")) {
      assertEnds(peer);
    }
    assertThat(user.opened()).isEmpty();
  }

  private static void assertEnds(SctpChannel peer) {
    try {
      MessageInfo last = peer.receive(ByteBuffer.allocate(100), null, null);
      assertThat(last == null ? -1 : last.bytes()).isEqualTo(-1);
    } catch (IOException e) {
      assertThat(e.getMessage()).containsIgnoringCase("reset");
    }
  }

  @Test
  void whatWasSentBeforeTheEndArrives() throws IOException {
    accept(Duration.ofMinutes(5));
    HopSession session = connect(Application.ASAP, "127.0.0.1");
    Await.until(PATIENCE, () -> user.opened().contains(session));
    for (int i = 0; i < 100; i++) {
      assertThat(session.send(MESSAGE)).isTrue();
    }
    session.close();
    user.awaitMessages(100);
    user.awaitEnded(2);
    assertThat(user.ended())
        .containsExactlyInAnyOrder(
            "closed: this side ended it", "closed-by-peer: the peer ended the association");
  }

  @Test
  void nobodyThereIsHeardOfOnce() {
    connect(Application.ASAP, "127.0.0.9");
    assertThat(user.awaitEnded(1)).startsWith("connect-failed: cannot connect: ");
    assertThat(user.opened()).isEmpty();
  }

  @Test
  void anAddressThatIsNotHereIsLeftOut() throws IOException {
    transport.close();
    transport = using("127.0.0.1 192.0.2.77");
    try (SctpServerChannel door = SctpServerChannel.open()) {
      door.bind(at("127.0.0.7", PORT));
      connect(Application.ASAP, "127.0.0.7");
      try (SctpChannel peer = door.accept()) {
        assertThat(peer.getRemoteAddresses()).hasSize(1);
      }
    }
    transport.close();
    transport = using("192.0.2.77");
    connect(Application.ASAP, "127.0.0.7");
    Await.until(
        PATIENCE, () -> user.ended().stream().anyMatch(each -> each.contains("192.0.2.77")));
  }
}
