// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.hop;

import io.leasehold.net.Ipv6;
import io.leasehold.security.Carrier;
import io.leasehold.security.Channels;
import io.leasehold.security.PeerRole;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Two hosts on the loopback interface, one that listens and one that connects.
 *
 * @param <T> the transport that each has of its own
 */
public abstract class Hosts<T> {
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

  /** What is closed after the test, the last first. */
  protected final Deque<AutoCloseable> open = new ArrayDeque<>();

  private T server;
  private T relay;
  private int port;

  /** A transport of its own for a host; closed after the test if it can be. */
  protected abstract T transport(Channels channels);

  /** What its channels run over. */
  protected abstract Carrier carrier();

  @BeforeEach
  final void openHosts() throws IOException {
    port = freePort();
    server = opened(serverChannels);
    relay = opened(relayChannels);
  }

  /** A transport of its own for a host; closed after the test. */
  protected final T opened(Channels channels) {
    T transport = transport(channels);
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
  protected final T server() {
    return server;
  }

  /** The transport of the host that connects. */
  protected final T relay() {
    return relay;
  }
}
