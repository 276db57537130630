// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec.osgi;

import io.leasehold.security.ipsec.IpsecMonitor;
import io.leasehold.security.ipsec.ViciFormatException;
import io.leasehold.security.ipsec.ViciFrames;
import io.leasehold.security.ipsec.ViciPacket;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** The socket and the thread of a conversation with the IKE daemon; connects again when it ends. */
final class ViciSession implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final String path;
  private final IpsecMonitor monitor;
  private final LongSupplier nanos;
  private final Selector selector;
  private final Thread thread;
  private final AtomicBoolean changed = new AtomicBoolean();
  private volatile boolean closed;
  private ByteBuffer unsent = ByteBuffer.allocate(0);

  ViciSession(String path, String profile, IpsecMonitor monitor, LongSupplier nanos)
      throws IOException {
    this.path = path;
    this.monitor = monitor;
    this.nanos = nanos;
    this.selector = Selector.open();
    this.thread = new Thread(this::run, "leasehold-ipsec-" + profile);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Has everything verified anew. From any thread. */
  void refresh() {
    changed.set(true);
    selector.wakeup();
  }

  private void run() {
    while (!closed) {
      String reason;
      try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        channel.connect(UnixDomainSocketAddress.of(path));
        channel.configureBlocking(false);
        reason = converse(channel);
      } catch (IOException | ViciFormatException | RuntimeException e) {
        reason = e.getMessage() == null ? e.toString() : e.getMessage();
      }
      monitor.disconnected("strongSwan is not to be reached at " + path + ": " + reason);
      rest();
    }
  }

  private void rest() {
    long until = nanos.getAsLong() + PAUSE.toNanos();
    long left = PAUSE.toMillis();
    try {
      while (!closed && left > 0) {
        selector.select(left);
        left = Duration.ofNanos(until - nanos.getAsLong()).toMillis();
      }
    } catch (IOException e) {
      closed = true;
    }
  }

  private String converse(SocketChannel channel) throws IOException, ViciFormatException {
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    ByteBuffer octets = ByteBuffer.allocate(16 * 1024);
    ViciFrames frames = new ViciFrames();
    unsent.limit(0);
    monitor.connected();
    while (!closed) {
      send(channel, key);
      long pause = Duration.ofNanos(monitor.nextTimerNanos() - nanos.getAsLong()).toMillis();
      selector.select(Math.max(1, pause));
      selector.selectedKeys().clear();
      if (channel.read(octets.clear()) < 0) {
        return "it closed the connection";
      }
      octets.flip();
      for (Optional<ViciPacket> packet = frames.take(octets);
          packet.isPresent();
          packet = frames.take(octets)) {
        monitor.receive(packet.get());
      }
      monitor.onTimer();
      if (changed.getAndSet(false)) {
        monitor.refresh();
      }
    }
    return "the profile is closed";
  }

  private void send(SocketChannel channel, SelectionKey key) throws IOException {
    boolean full = false;
    while (!full) {
      if (!unsent.hasRemaining()) {
        Optional<ViciPacket> next = monitor.next();
        if (next.isEmpty()) {
          break;
        }
        unsent = ViciFrames.frame(next.get());
      }
      channel.write(unsent);
      full = unsent.hasRemaining();
    }
    key.interestOps(full ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
  }

  /** Ends socket and thread before it returns. */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    boolean interrupted = false;
    while (thread.isAlive() && !interrupted) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        interrupted = true;
      }
    }
    try {
      selector.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
