// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.hop;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopLimits;
import io.leasehold.hop.HopTransport;
import io.leasehold.hop.Link;
import io.leasehold.hop.LinkStatus;
import io.leasehold.hop.ListenSpec;
import io.leasehold.net.Ipv6;
import io.leasehold.security.Carrier;
import io.leasehold.security.Channels;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.testkit.Await;
import io.leasehold.testkit.ReceivedMessages;
import io.leasehold.transport.Binding;
import io.leasehold.transport.Inbound;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Two hosts on the loopback interface, one that listens and one that connects, with {@link
 * TestEngine} between them.
 */
public abstract class HopHosts {
  /** How long a test waits for something that must happen. */
  protected static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Where both are. */
  protected static final Ipv6 LOOPBACK = Ipv6.ofText("127.0.0.1");

  /** Channels of the host that listens. */
  protected final TestChannels serverChannels =
      new TestChannels("server", carrier()).knows("relay", PeerRole.RELAY);

  /** Channels of the host that connects. */
  protected final TestChannels relayChannels =
      new TestChannels("relay", carrier()).knows("server", PeerRole.SERVER);

  /** What the server was sent. */
  protected final ReceivedMessages questions = new ReceivedMessages();

  /** What the relay agent was sent. */
  protected final ReceivedMessages answers = new ReceivedMessages();

  /** What is closed after the test, the last first. */
  protected final Deque<AutoCloseable> open = new ArrayDeque<>();

  private HopTransport server;
  private HopTransport relay;
  private int port;

  /** A transport of its own for a host; closed after the test if it can be. */
  protected abstract HopTransport transport(Channels channels);

  /** What its channels run over. */
  protected abstract Carrier carrier();

  @BeforeEach
  final void openHosts() throws IOException {
    port = freePort();
    server = opened(serverChannels);
    relay = opened(relayChannels);
  }

  /** A transport of its own for a host; closed after the test. */
  protected final HopTransport opened(Channels channels) {
    HopTransport transport = transport(channels);
    if (transport instanceof AutoCloseable closeable) {
      open.push(closeable);
    }
    return transport;
  }

  @AfterEach
  final void closeHosts() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  /** A port that is free at this moment. */
  protected final int freePort() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    if (carrier() == Carrier.DATAGRAM) {
      try (DatagramSocket probe = new DatagramSocket(0, loopback)) {
        return probe.getLocalPort();
      }
    }
    try (ServerSocket probe = new ServerSocket(0, 1, loopback)) {
      return probe.getLocalPort();
    }
  }

  /** Where the server listens. */
  protected final int port() {
    return port;
  }

  /** The transport of the host that listens. */
  protected final HopTransport server() {
    return server;
  }

  /** The transport of the host that connects. */
  protected final HopTransport relay() {
    return relay;
  }

  /** Listens for relay agents. */
  protected final Binding listen(Inbound inbound, HopLimits limits) {
    return listen(inbound, listenSpec(limits));
  }

  /** Listens as a specification says. */
  protected final Binding listen(Inbound inbound, ListenSpec spec) {
    Binding binding = server.listen(spec, inbound);
    open.push(binding);
    return binding;
  }

  /** Where the server listens, for whom. */
  protected final ListenSpec listenSpec(HopLimits limits) {
    return new ListenSpec(
        Application.DHCPV6_RELAY,
        List.of("127.0.0.1"),
        port,
        TestChannels.PROFILE,
        PeerSelector.anyOf(PeerRole.RELAY),
        limits);
  }

  /** Connects to the server; the specification may be made another one. */
  protected final Link connect(UnaryOperator<ConnectSpec> change) {
    ConnectSpec usual =
        new ConnectSpec(
            Application.DHCPV6_RELAY,
            LOOPBACK,
            port,
            TestChannels.PROFILE,
            PeerSelector.only("server", PeerRole.SERVER),
            false);
    Link link = relay.connect(change.apply(usual), answers);
    open.push(link);
    return link;
  }

  /** A link that is up. */
  protected final Link connected() {
    Link link = connect(UnaryOperator.identity());
    awaitUp(link);
    return link;
  }

  /** Waits for a link. */
  protected static void awaitUp(Link link) {
    Await.until(PATIENCE, link::isUp);
  }

  /** Waits until a link is down and says why. */
  protected static void awaitDown(Link link, String reason) {
    Await.until(
        PATIENCE,
        () ->
            link.status().state() == LinkStatus.State.DOWN
                && link.status().reason().contains(reason));
  }

  /** Answers every message with itself. */
  protected static Inbound echo() {
    return (message, path) -> path.reply(message);
  }
}
