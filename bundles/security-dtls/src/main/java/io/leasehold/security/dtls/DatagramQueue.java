// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.dtls;

import io.leasehold.net.Bytes;
import io.leasehold.security.engine.Limits;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.bouncycastle.tls.DatagramTransport;

/**
 * Datagrams between a transport and the protocol engine. While the handshake runs the engine waits
 * here on a thread of its own; afterwards nobody waits. May be used from any thread.
 */
final class DatagramQueue implements DatagramTransport {
  /** Handshake datagrams fit into the smallest MTU of IPv6 (RFC 8200 section 5). */
  static final int HANDSHAKE_DATAGRAM = 1232;

  /** A record of the largest size with its header, nonce and tag. */
  static final int LARGEST_DATAGRAM = 16_384 + 13 + 256;

  private static final int MOST_WAITING_TO_BE_SENT = 256;

  /** How long others let a silent peer keep a thread. */
  private static final long PATIENCE_NANOS = 2_000_000_000L;

  private static final int LOOK_ROUND_MILLIS = 500;

  private final Deque<Bytes> in = new ArrayDeque<>();
  private final Deque<Bytes> out = new ArrayDeque<>();
  private final BooleanSupplier othersWait;
  private final LongSupplier nanos;
  private long heardAt;
  private Runnable sendListener = () -> {};
  private int handshakeOctets;
  private boolean established;
  private boolean closed;

  /**
   * A queue of a handshake.
   *
   * @param othersWait whether other handshakes cannot begin because all threads are taken
   * @param nanos clock that never goes back
   */
  DatagramQueue(BooleanSupplier othersWait, LongSupplier nanos) {
    this.othersWait = othersWait;
    this.nanos = nanos;
    this.heardAt = nanos.getAsLong();
  }

  /** Nothing is left: what ends reading without ending the connection. */
  private static final class Drained extends InterruptedIOException {
    private static final long serialVersionUID = 1L;

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this; // it says nothing about a fault
    }
  }

  /** The peer was silent while others waited. */
  static final class SilentException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** This side has ended the handshake. */
  static final class EndedException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  synchronized void onSend(Runnable listener) {
    sendListener = listener;
  }

  /** From now on reading does not wait. */
  synchronized void established() {
    established = true;
  }

  /** A datagram from the network; false if it is dropped. */
  synchronized boolean offer(Bytes datagram) {
    if (closed || !HandshakeFilter.passes(datagram)) {
      return false;
    }
    if (!established) {
      if (handshakeOctets + datagram.length() > Limits.HANDSHAKE_OCTETS) {
        return false;
      }
      handshakeOctets += datagram.length();
    }
    in.add(datagram);
    heardAt = nanos.getAsLong();
    notifyAll();
    return true;
  }

  /** The next datagram for the network; 0 if there is none. */
  synchronized int take(ByteBuffer target) {
    Bytes first = out.poll();
    if (first == null) {
      return 0;
    }
    first.putInto(target);
    return first.length();
  }

  synchronized boolean hasOutput() {
    return !out.isEmpty();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized int getReceiveLimit() {
    if (!established) {
      return LARGEST_DATAGRAM;
    }
    Bytes next = in.peek();
    return next == null ? 0 : next.length();
  }

  @Override
  public int getSendLimit() {
    return HANDSHAKE_DATAGRAM;
  }

  @Override
  public synchronized int receive(byte[] buf, int off, int len, int waitMillis) throws IOException {
    if (in.isEmpty() && !established) {
      waitForDatagram(waitMillis);
    }
    Bytes first = in.poll();
    if (first == null) {
      if (established) {
        throw new Drained();
      }
      if (closed) {
        throw new EndedException();
      }
      return -1;
    }
    if (first.length() > len) {
      return -1;
    }
    first.copyTo(buf, off);
    return first.length();
  }

  private void waitForDatagram(int waitMillis) throws IOException {
    try {
      wait(Math.min(waitMillis, LOOK_ROUND_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    boolean silent = in.isEmpty() && nanos.getAsLong() - heardAt > PATIENCE_NANOS;
    if (silent && othersWait.getAsBoolean()) {
      throw new SilentException();
    }
  }

  @Override
  public void send(byte[] buf, int off, int len) {
    Runnable listener;
    synchronized (this) {
      if (closed || out.size() >= MOST_WAITING_TO_BE_SENT) {
        return;
      }
      out.add(Bytes.copyOf(buf, off, len));
      listener = sendListener;
    }
    listener.run();
  }

  /** Ends the handshake or connection; what is to be sent can still be taken. */
  @Override
  public synchronized void close() {
    closed = true;
    in.clear();
    notifyAll();
  }
}
