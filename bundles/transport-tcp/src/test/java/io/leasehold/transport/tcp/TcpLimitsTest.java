// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.hop.Framing;
import io.leasehold.hop.HopLimits;
import io.leasehold.hop.HopTransport;
import io.leasehold.hop.Link;
import io.leasehold.net.Bytes;
import io.leasehold.security.Carrier;
import io.leasehold.security.Channels;
import io.leasehold.testkit.Await;
import io.leasehold.testkit.hop.HopHosts;
import io.leasehold.testkit.hop.TestEngine;
import io.leasehold.transport.Binding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who takes more than its share, from other addresses of the loopback interface. */
final class TcpLimitsTest extends HopHosts {
  private static final Duration SOON = Duration.ofMillis(300);
  private static final Duration LATE = Duration.ofMinutes(5);
  private static final int KEY = 1;

  @Override
  protected HopTransport transport(Channels channels) {
    return new TcpHopTransport(channels, List::of, QuickSettings.QUICK);
  }

  @Override
  protected Carrier carrier() {
    return Carrier.STREAM;
  }

  private static HopLimits limits(Duration handshake, Duration frame) {
    return new HopLimits(8, 4, 2, handshake, frame, Duration.ZERO, Duration.ZERO);
  }

  /** A connection from an address of this host. */
  private Socket from(int host) throws IOException {
    Socket socket = new Socket();
    open.push(socket);
    socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0." + host), 0));
    socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port()));
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }

  private void awaitCount(Binding binding, String counter, long count) {
    Await.until(PATIENCE, () -> binding.counters().get(counter) == count);
  }

  private void assertClosed(Socket socket) {
    int last;
    try {
      do {
        last = socket.getInputStream().read();
      } while (last >= 0);
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  private Binding listening(HopLimits limits) {
    Binding binding = listen(echo(), limits);
    connected(); // it listens
    return binding;
  }

  @Test
  void strangersThatSayNothingKeepNobodyOutWhoIsKnown() throws IOException {
    Binding binding = listening(limits(LATE, LATE));
    Link link = connected();
    for (int i = 0; i < 8; i++) {
      from(2 + i / 4);
    }
    awaitCount(binding, "accepted", 10);
    assertClosed(from(3));
    awaitCount(binding, "refused-per-source", 1);
    assertClosed(from(4));
    awaitCount(binding, "refused-unauthenticated", 1);

    link.renew();

    awaitCount(binding, "established", 3);
    awaitCount(binding, "displaced", 1);
    link.send(Bytes.of(1, 2, 3, 4));
    assertThat(answers.next(PATIENCE).message()).isEqualTo(Bytes.of(1, 2, 3, 4));
  }

  @Test
  void whoDoesNotSayItsNameInTimeIsCutOff() throws IOException {
    Binding binding = listening(limits(SOON, LATE));
    Socket slow = from(2);
    slow.getOutputStream().write(TestEngine.HELLO);

    assertClosed(slow);

    awaitCount(binding, "handshake-timeout", 1);
  }

  @Test
  void aPeerWhoseMessageIsNotWholeInTimeIsCutOff() throws IOException {
    Binding binding = listening(limits(LATE, SOON));
    Socket peer = from(2);
    peer.getOutputStream().write(TestEngine.hello("relay", KEY).array());
    ByteBuffer partial = ByteBuffer.allocate(1000).putShort((short) 0xffff).rewind();
    peer.getOutputStream().write(TestEngine.data(partial, KEY).array());

    assertClosed(peer);

    awaitCount(binding, "frame-timeout", 1);
  }

  /** Back-pressure: what it asks is not taken while it does not take what it asked for. */
  @Test
  void aPeerThatTakesNoAnswersIsNotHeardAnyMore() throws IOException {
    listening(limits(LATE, LATE));
    ByteBuffer question = Frames.framed(Framing.LENGTH_BEFORE, Bytes.wrap(new byte[16_000]));
    ByteBuffer record = TestEngine.data(question, KEY);
    long octets = 0;
    try (Selector selector = Selector.open();
        SocketChannel peer = from(2, TestEngine.hello("relay", KEY))) {
      peer.configureBlocking(false);
      peer.register(selector, SelectionKey.OP_WRITE);
      while (octets < 256 << 20 && selector.select(1000) > 0) {
        selector.selectedKeys().clear();
        octets += peer.write(record);
        if (!record.hasRemaining()) {
          record.rewind();
        }
      }
    }
    assertThat(octets).as("what fits into buffers").isBetween(1L, 64L << 20);
  }

  private SocketChannel from(int host, ByteBuffer hello) throws IOException {
    SocketChannel peer = SocketChannel.open();
    open.push(peer);
    peer.bind(new InetSocketAddress(InetAddress.getByName("127.0.0." + host), 0));
    peer.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port()));
    peer.write(hello);
    return peer;
  }
}
