// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.tls.interop;

import io.leasehold.net.Bytes;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.ChannelEngine.State;
import io.leasehold.testkit.security.EnginePipe;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/** An engine on a socket, driven by the thread of the test. */
final class SocketSide implements AutoCloseable {
  private static final long PATIENCE_NANOS = 15_000_000_000L;

  private final ChannelEngine engine;
  private final Socket socket;
  private final StringBuilder heard = new StringBuilder();
  private boolean ended;

  SocketSide(ChannelEngine engine, Socket socket) throws IOException {
    this.engine = engine;
    this.socket = socket;
    socket.setSoTimeout(20);
    engine.start();
  }

  ChannelEngine engine() {
    return engine;
  }

  /** Carries octets until the handshake has ended one way or the other. */
  SocketSide shakeHands() throws IOException {
    return run(() -> engine.state() != State.HANDSHAKING);
  }

  /** Carries octets until the peer has said something. */
  SocketSide hear(String text) throws IOException {
    return run(() -> heard.indexOf(text) >= 0);
  }

  /** Carries octets until it is over. */
  SocketSide end() throws IOException {
    return run(() -> engine.state() == State.CLOSED || engine.state() == State.FAILED);
  }

  void say(String line) throws IOException {
    EnginePipe.say(engine, Bytes.ofUtf8(line + "\n"));
    send();
  }

  private SocketSide run(BooleanSupplier done) throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    do {
      send();
      receive();
    } while (!done.getAsBoolean() && !ended && System.nanoTime() - end < 0);
    send();
    return this;
  }

  private void send() throws IOException {
    ByteBuffer out = ByteBuffer.allocate(65_536);
    while (engine.takeNetwork(out.clear()) > 0) {
      try {
        socket.getOutputStream().write(out.array(), 0, out.position());
      } catch (SocketException e) {
        ended = true;
      }
    }
  }

  private void receive() throws IOException {
    byte[] in = new byte[16_384];
    try {
      int count = socket.getInputStream().read(in);
      ended = count < 0;
      engine.receiveNetwork(ByteBuffer.wrap(in, 0, Math.max(0, count)));
    } catch (SocketTimeoutException e) {
      return;
    } catch (SocketException e) {
      ended = true;
    }
    ByteBuffer said = ByteBuffer.allocate(65_536);
    engine.takeApplication(said);
    heard.append(Bytes.copyOf(said.flip()).toUtf8());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
