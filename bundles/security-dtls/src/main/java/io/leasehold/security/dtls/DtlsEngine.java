// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.dtls;

import io.leasehold.net.Bytes;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.CloseReason;
import io.leasehold.security.engine.Handshake;
import io.leasehold.security.engine.LiveEngines;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.TlsTimeoutException;

/**
 * One association. The handshake blocks and runs on a thread of the pool; everything else is done
 * by whoever calls. May be used from any thread.
 */
final class DtlsEngine implements ChannelEngine, LiveEngines.Revocable {
  /** Longest message: what fits into a record (RFC 6347 section 4.1). */
  static final int LONGEST_MESSAGE = 16_384;

  private static final int MOST_MESSAGES_WAITING = 256;

  /** Shakes hands: connects or accepts. Blocks. */
  @FunctionalInterface
  interface Beginning {
    DTLSTransport begin(DatagramTransport datagrams) throws IOException;
  }

  private final Handshake handshake;
  private final Beginning beginning;
  private final HandshakePool pool;
  private final LiveEngines live;
  private final DatagramQueue datagrams;
  private final Deque<Bytes> messages = new ArrayDeque<>();
  private volatile Runnable readyListener = () -> {};
  private State state = State.HANDSHAKING;
  private String failure = "";
  private boolean started;
  private boolean shakingHands;
  private long deadlineNanos;
  private DTLSTransport records;
  private byte[] plain;

  DtlsEngine(Handshake handshake, Beginning beginning, HandshakePool pool, LiveEngines live) {
    this.handshake = handshake;
    this.beginning = beginning;
    this.pool = pool;
    this.live = live;
    this.datagrams = new DatagramQueue(pool::isCrowded, handshake.services().nanos());
  }

  @Override
  public synchronized void start() {
    if (started || state != State.HANDSHAKING) {
      return;
    }
    started = true;
    deadlineNanos = now() + handshake.profile().handshakeTimeout().toNanos();
    datagrams.onSend(() -> readyListener.run());
    if (!pool.run(this::shakeHands)) {
      fail("too many handshakes at once; the peer may try again");
    }
  }

  private long now() {
    return handshake.services().nanos().getAsLong();
  }

  private void shakeHands() {
    synchronized (this) {
      if (state != State.HANDSHAKING) {
        return;
      }
      shakingHands = true;
    }
    Optional<DTLSTransport> made = Optional.empty();
    String fault = "";
    try {
      made = Optional.of(beginning.begin(datagrams));
    } catch (DatagramQueue.SilentException e) {
      fault = handshake.gaveUp("the peer was silent in the middle of it while others waited");
    } catch (TlsTimeoutException e) {
      fault = handshake.gaveUp(tooLate());
    } catch (DatagramQueue.EndedException e) {
      fault = handshake.gaveUp(whyEnded());
    } catch (IOException | RuntimeException e) {
      fault = "the peer does not keep to the protocol";
    }
    finish(made, fault);
    readyListener.run();
  }

  private synchronized String whyEnded() {
    return failure.isEmpty() ? "it was ended by this side" : failure;
  }

  private synchronized void finish(Optional<DTLSTransport> made, String fault) {
    shakingHands = false;
    if (state != State.HANDSHAKING) {
      tellEnd();
    } else if (made.isPresent() && handshake.isComplete()) {
      records = made.get();
      plain = new byte[DatagramQueue.LARGEST_DATAGRAM];
      datagrams.onSend(() -> {});
      datagrams.established();
      state = State.ESTABLISHED;
      takeRecords();
    } else {
      fail(fault);
    }
  }

  /** The first fault counts. A handshake that runs elsewhere is told when it has noticed. */
  private void fail(String otherwise) {
    if (isOver()) {
      return;
    }
    state = State.FAILED;
    failure = otherwise;
    datagrams.close();
    messages.clear();
    if (!shakingHands) {
      tellEnd();
    }
  }

  /** Nobody uses the handshake any more. */
  private void tellEnd() {
    live.remove(this);
    if (state == State.FAILED) {
      handshake.fail(failure);
      failure = handshake.failure();
    } else {
      handshake.over();
    }
  }

  private boolean isOver() {
    return state == State.FAILED || state == State.CLOSED || state == State.CLOSING;
  }

  @Override
  public void receiveNetwork(ByteBuffer in) {
    Bytes datagram = Bytes.copyOf(in);
    in.position(in.limit());
    if (datagrams.offer(datagram)) {
      synchronized (this) {
        if (state == State.ESTABLISHED) {
          takeRecords();
        }
      }
    }
  }

  private void takeRecords() {
    try {
      while (!datagrams.isClosed()) {
        int length = records.receive(plain, 0, plain.length, 1);
        if (length > 0 && messages.size() < MOST_MESSAGES_WAITING) {
          messages.add(Bytes.copyOf(plain, 0, length));
        }
      }
      ended();
    } catch (InterruptedIOException e) {
      if (datagrams.isClosed()) {
        ended();
      }
    } catch (IOException | RuntimeException e) {
      fail("the peer does not keep to the protocol");
    }
  }

  /** The other side said good-bye. */
  private void ended() {
    if (state == State.ESTABLISHED) {
      state = datagrams.hasOutput() ? State.CLOSING : State.CLOSED;
      tellEnd();
    }
  }

  @Override
  public int takeNetwork(ByteBuffer out) {
    int taken = datagrams.take(out);
    if (taken == 0) {
      synchronized (this) {
        state = state == State.CLOSING ? State.CLOSED : state;
      }
    }
    return taken;
  }

  @Override
  public synchronized int takeApplication(ByteBuffer out) {
    Bytes message = messages.poll();
    if (message == null) {
      return 0;
    }
    message.putInto(out);
    return message.length();
  }

  @Override
  public synchronized void sendApplication(ByteBuffer in) {
    if (state != State.ESTABLISHED) {
      throw new IllegalStateException("the channel is not established");
    }
    if (in.remaining() > LONGEST_MESSAGE) {
      throw new IllegalArgumentException(
          "a message of " + in.remaining() + " octets does not fit into a record");
    }
    byte[] message = new byte[in.remaining()];
    in.get(message);
    try {
      records.send(message, 0, message.length);
    } catch (IOException | RuntimeException e) {
      fail("a message could not be protected");
    }
  }

  @Override
  public synchronized State state() {
    return state;
  }

  @Override
  public synchronized String failure() {
    return failure;
  }

  @Override
  public synchronized Optional<AuthenticatedPeer> peer() {
    return state == State.ESTABLISHED ? handshake.peer() : Optional.empty();
  }

  @Override
  public synchronized Assurance assurance() {
    return state == State.ESTABLISHED ? handshake.assurance() : Assurance.NONE;
  }

  @Override
  public synchronized OptionalLong nextTimerNanos() {
    return started && state == State.HANDSHAKING
        ? OptionalLong.of(deadlineNanos)
        : OptionalLong.empty();
  }

  @Override
  public synchronized void onTimer() {
    if (started && state == State.HANDSHAKING && now() - deadlineNanos >= 0) {
      fail(tooLate());
    }
  }

  private String tooLate() {
    return "the handshake was not done within %s s; the peer is silent, or has another key"
        .formatted(handshake.profile().handshakeTimeout().toSeconds());
  }

  @Override
  public void onReady(Runnable listener) {
    readyListener = listener;
  }

  @Override
  public synchronized void close(CloseReason why) {
    if (isOver()) {
      return;
    }
    sayGoodBye();
    datagrams.close();
    messages.clear();
    state = datagrams.hasOutput() ? State.CLOSING : State.CLOSED;
    if (!shakingHands) {
      tellEnd();
    }
  }

  private void sayGoodBye() {
    if (records != null && !isOver()) {
      try {
        records.close();
      } catch (IOException | RuntimeException e) {
        datagrams.close();
      }
    }
  }

  /** The provider or the profile is gone. The other side is told, which would wait for answers. */
  @Override
  public void revoke() {
    synchronized (this) {
      sayGoodBye();
      fail("the provider of this channel was taken away");
    }
    readyListener.run();
  }
}
