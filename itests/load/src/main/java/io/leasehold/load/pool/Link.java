// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load.pool;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.FrameReader;
import io.leasehold.rserpool.wire.PoolMessage;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/** A connection to a registrar. One thread sends and one, perhaps another, receives. */
final class Link implements Closeable {
  private static final int ROOM = 1 << 17;
  private static final long FULL_NANOS = 20_000;

  /** Number in the crowd. */
  final int number;

  /** Where it comes from. */
  final InetSocketAddress from;

  /** When questions were due that are not answered yet. */
  final Queue<Long> asked = new ConcurrentLinkedQueue<>();

  final SocketChannel channel = SocketChannel.open();
  private final SSLEngine engine;
  private final FrameReader frames = new FrameReader(PoolMessage.MAX_LENGTH);
  private final ByteBuffer arrived = ByteBuffer.allocate(ROOM).flip();
  private final ByteBuffer plain = ByteBuffer.allocate(ROOM);
  private final ByteBuffer leaving = ByteBuffer.allocate(ROOM);

  /**
   * Connects, and says who it is.
   *
   * @param engine the client side of TLS; null in clear
   */
  Link(int number, InetSocketAddress from, InetSocketAddress to, SSLEngine engine)
      throws IOException {
    this.number = number;
    this.from = from;
    this.engine = engine;
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.bind(from);
    channel.connect(to);
    if (engine != null) {
      greet();
    }
    channel.configureBlocking(false);
  }

  private void greet() throws IOException {
    engine.beginHandshake();
    ByteBuffer nothing = ByteBuffer.allocate(0);
    HandshakeStatus status = engine.getHandshakeStatus();
    while (status != HandshakeStatus.FINISHED && status != HandshakeStatus.NOT_HANDSHAKING) {
      switch (status) {
        case NEED_TASK -> {
          for (Runnable task = engine.getDelegatedTask();
              task != null;
              task = engine.getDelegatedTask()) {
            task.run();
          }
          status = engine.getHandshakeStatus();
        }
        case NEED_WRAP -> {
          leaving.clear();
          status = engine.wrap(nothing, leaving).getHandshakeStatus();
          write(leaving.flip());
        }
        default -> {
          SSLEngineResult result = engine.unwrap(arrived, plain);
          status = result.getHandshakeStatus();
          if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
            fill();
          }
        }
      }
    }
  }

  /** Sends messages, each padded to four octets, in as few calls as it can. */
  void send(Bytes messages) throws IOException {
    ByteBuffer octets = ByteBuffer.wrap(messages.toArray());
    if (engine == null) {
      write(octets);
      return;
    }
    while (octets.hasRemaining()) {
      leaving.clear();
      engine.wrap(octets, leaving);
      write(leaving.flip());
    }
  }

  private void write(ByteBuffer octets) throws IOException {
    while (octets.hasRemaining()) {
      if (channel.write(octets) == 0) {
        LockSupport.parkNanos(FULL_NANOS);
      }
    }
  }

  private boolean fill() throws IOException {
    arrived.compact();
    int octets = channel.read(arrived);
    arrived.flip();
    if (octets < 0) {
      throw new EOFException("the registrar has closed the connection from " + from);
    }
    return octets > 0;
  }

  /** Takes what has come; returns when there is nothing more. */
  void receive(Consumer<Bytes> messages) throws IOException {
    do {
      take(messages);
    } while (fill());
  }

  private void take(Consumer<Bytes> messages) throws IOException {
    if (engine == null) {
      each(arrived, messages);
      return;
    }
    SSLEngineResult result;
    do {
      plain.clear();
      result = engine.unwrap(arrived, plain);
      each(plain.flip(), messages);
    } while (result.bytesConsumed() > 0);
  }

  private void each(ByteBuffer octets, Consumer<Bytes> messages) throws IOException {
    for (Bytes next = frames.next(octets); next != null; next = frames.next(octets)) {
      messages.accept(next);
    }
    if (frames.isUnusable()) {
      throw new IOException("what came from the registrar is no message");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
