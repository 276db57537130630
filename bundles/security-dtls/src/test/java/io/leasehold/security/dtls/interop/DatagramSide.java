// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.dtls.interop;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.ChannelEngine.State;
import io.leasehold.security.ChannelFactory;
import io.leasehold.security.HopEnd;
import io.leasehold.security.PeerSelector;
import io.leasehold.testkit.security.EnginePipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** An engine on a socket, driven by the thread of the test. */
final class DatagramSide implements AutoCloseable {
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private final DatagramSocket socket;
  private final StringBuilder heard = new StringBuilder();
  private ChannelEngine engine;

  private DatagramSide(DatagramSocket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(20);
  }

  /** A socket that waits for a client. */
  static DatagramSide listening() throws IOException {
    return new DatagramSide(new DatagramSocket(0, InetAddress.getLoopbackAddress()));
  }

  /** Connects an engine to a server. */
  static DatagramSide connected(ChannelEngine engine, int port) throws IOException {
    DatagramSide side = listening();
    side.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    side.begin(engine);
    return side;
  }

  int port() {
    return socket.getLocalPort();
  }

  ChannelEngine engine() {
    return engine;
  }

  /** Asks whoever comes for a cookie; how many datagrams came before there was an engine. */
  int accept(ChannelFactory factory, PeerSelector expected) throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    int datagrams = 0;
    while (engine == null && System.nanoTime() - end < 0) {
      Optional<DatagramPacket> came = received();
      if (came.isPresent()) {
        datagrams++;
        greet(came.get(), factory, expected);
      }
    }
    return datagrams;
  }

  private void greet(DatagramPacket came, ChannelFactory factory, PeerSelector expected)
      throws IOException {
    SocketAddress client = came.getSocketAddress();
    Optional<ChannelEngine> accepted =
        factory.accept(
            new HopEnd(Ipv6.mapped(Ipv4.ofText("127.0.0.1")), came.getPort()),
            octets(came),
            expected,
            answer -> sendTo(client, answer));
    if (accepted.isPresent()) {
      socket.connect(client);
      begin(accepted.get());
    }
  }

  private void begin(ChannelEngine begun) {
    engine = begun;
    engine.start();
  }

  private static Bytes octets(DatagramPacket packet) {
    return Bytes.copyOf(packet.getData(), packet.getOffset(), packet.getLength());
  }

  /** Carries datagrams until the handshake has ended one way or the other. */
  DatagramSide shakeHands() throws IOException {
    return run(() -> engine.state() != State.HANDSHAKING);
  }

  /** Carries datagrams until the peer has said something. */
  DatagramSide hear(String text) throws IOException {
    return run(() -> heard.indexOf(text) >= 0);
  }

  /** Carries datagrams until it is over. */
  DatagramSide end() throws IOException {
    return run(() -> engine.state() == State.CLOSED || engine.state() == State.FAILED);
  }

  void say(String line) {
    EnginePipe.say(engine, Bytes.ofUtf8(line + "\n"));
    send();
  }

  /** Carries datagrams for this time. */
  DatagramSide carryFor(Duration time) throws IOException {
    return run(() -> false, time.toNanos());
  }

  private DatagramSide run(BooleanSupplier done) throws IOException {
    return run(done, PATIENCE_NANOS);
  }

  private DatagramSide run(BooleanSupplier done, long patienceNanos) throws IOException {
    long end = System.nanoTime() + patienceNanos;
    do {
      send();
      received().ifPresent(this::take);
    } while (!done.getAsBoolean() && System.nanoTime() - end < 0);
    send();
    return this;
  }

  private void take(DatagramPacket packet) {
    engine.receiveNetwork(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
    ByteBuffer said = ByteBuffer.allocate(65_536);
    engine.takeApplication(said);
    heard.append(Bytes.copyOf(said.flip()).toUtf8());
  }

  private void send() {
    ByteBuffer out = ByteBuffer.allocate(65_536);
    while (engine.takeNetwork(out.clear()) > 0) {
      sendTo(socket.getRemoteSocketAddress(), Bytes.copyOf(out.flip()));
    }
  }

  private void sendTo(SocketAddress to, Bytes datagram) {
    try {
      socket.send(new DatagramPacket(datagram.toArray(), datagram.length(), to));
    } catch (PortUnreachableException e) {
      return; // the peer has gone, which is seen by what it does not say
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<DatagramPacket> received() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
    try {
      socket.receive(packet);
      return Optional.of(packet);
    } catch (SocketTimeoutException | PortUnreachableException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
