// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.tls;

import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.CloseReason;
import io.leasehold.security.engine.Handshake;
import io.leasehold.security.engine.Limits;
import io.leasehold.security.engine.LiveEngines;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import org.bouncycastle.tls.TlsProtocol;

/**
 * A channel of TLS, without sockets. What is wrong with octets of the peer becomes a state and a
 * line; an alert for the peer waits in {@link #takeNetwork} then.
 */
final class StreamEngine implements ChannelEngine, LiveEngines.Revocable {
  private static final int PIECE_OCTETS = 16_384;

  /** Begins a handshake: connects or accepts. */
  @FunctionalInterface
  interface Beginning {
    void begin() throws IOException;
  }

  private final Handshake handshake;
  private final TlsProtocol protocol;
  private final Beginning beginning;
  private final LiveEngines live;

  private State state = State.HANDSHAKING;
  private boolean started;
  private byte[] room = new byte[256];
  private int handshakeOctets;
  private long deadlineNanos;
  private volatile boolean revoked;
  private volatile Runnable ready = () -> {};

  StreamEngine(Handshake handshake, TlsProtocol protocol, Beginning beginning, LiveEngines live) {
    this.handshake = handshake;
    this.protocol = protocol;
    this.beginning = beginning;
    this.live = live;
  }

  @Override
  public void start() {
    if (started || isOver()) {
      return;
    }
    started = true;
    deadlineNanos =
        handshake.services().nanos().getAsLong() + handshake.profile().handshakeTimeout().toNanos();
    guarded(beginning);
  }

  @Override
  public void receiveNetwork(ByteBuffer in) {
    endIfRevoked();
    while (in.hasRemaining() && !isOver() && !protocol.isClosed()) {
      int size = pieceSize(in.remaining());
      byte[] piece = room(size);
      in.get(piece, 0, size);
      if (state == State.HANDSHAKING) {
        handshakeOctets += size;
      }
      guarded(() -> protocol.offerInput(piece, 0, size));
      if (state == State.HANDSHAKING && handshakeOctets >= Limits.HANDSHAKE_OCTETS) {
        fail(
            "the peer sent %d octets before it was known; a handshake is shorter"
                .formatted(handshakeOctets));
      }
    }
    in.position(in.limit());
  }

  private int pieceSize(int remaining) {
    int most =
        state == State.HANDSHAKING
            ? Math.min(PIECE_OCTETS, Limits.HANDSHAKE_OCTETS - handshakeOctets)
            : PIECE_OCTETS;
    return Math.min(remaining, most);
  }

  @Override
  public int takeNetwork(ByteBuffer out) {
    endIfRevoked();
    int size = Math.min(out.remaining(), protocol.getAvailableOutputBytes());
    if (size > 0) {
      protocol.readOutput(out, size);
    }
    if (state == State.CLOSING && protocol.getAvailableOutputBytes() == 0) {
      enter(State.CLOSED);
    }
    return size;
  }

  @Override
  public int takeApplication(ByteBuffer out) {
    endIfRevoked();
    if (state == State.FAILED || state == State.HANDSHAKING) {
      return 0;
    }
    int size = Math.min(out.remaining(), protocol.getAvailableInputBytes());
    if (size > 0) {
      protocol.readInput(out, size);
    }
    advance();
    return size;
  }

  @Override
  public void sendApplication(ByteBuffer in) {
    endIfRevoked();
    if (state != State.ESTABLISHED) {
      throw new IllegalStateException("the channel is not established");
    }
    while (in.hasRemaining() && !protocol.isClosed() && state == State.ESTABLISHED) {
      int size = Math.min(in.remaining(), PIECE_OCTETS);
      byte[] piece = room(size);
      in.get(piece, 0, size);
      guarded(() -> protocol.writeApplicationData(piece, 0, size));
    }
    in.position(in.limit());
  }

  /**
   * Memory for octets on their way into the library, which may change them. It keeps none of them
   * when it returns, so one channel needs one piece; it grows with what is needed.
   */
  private byte[] room(int octets) {
    if (room.length < octets) {
      room = new byte[Math.min(PIECE_OCTETS, Integer.highestOneBit(octets - 1) * 2)];
    }
    return room;
  }

  @Override
  public State state() {
    endIfRevoked();
    return state;
  }

  @Override
  public String failure() {
    return handshake.failure();
  }

  @Override
  public Optional<AuthenticatedPeer> peer() {
    return state == State.ESTABLISHED ? handshake.peer() : Optional.empty();
  }

  @Override
  public Assurance assurance() {
    return state == State.ESTABLISHED ? handshake.assurance() : Assurance.NONE;
  }

  @Override
  public OptionalLong nextTimerNanos() {
    return started && state == State.HANDSHAKING
        ? OptionalLong.of(deadlineNanos)
        : OptionalLong.empty();
  }

  @Override
  public void onTimer() {
    endIfRevoked();
    if (started
        && state == State.HANDSHAKING
        && handshake.services().nanos().getAsLong() - deadlineNanos >= 0) {
      fail(
          "the handshake was not done within %s s; the peer is silent, slow or something else"
              .formatted(handshake.profile().handshakeTimeout().toSeconds()));
    }
  }

  @Override
  public void onReady(Runnable listener) {
    ready = listener;
  }

  @Override
  public void close(CloseReason why) {
    if (isOver() || state == State.CLOSING) {
      return;
    }
    end();
    enter(started ? State.CLOSING : State.CLOSED);
  }

  /** May be called by any thread: the provider or the profile is gone. */
  @Override
  public void revoke() {
    revoked = true;
    ready.run();
  }

  private void endIfRevoked() {
    if (revoked && !isOver()) {
      fail("the provider of this channel was taken away");
    }
  }

  private boolean isOver() {
    return state == State.CLOSED || state == State.FAILED;
  }

  /** No octet of a peer makes a method throw: not even one that the library stumbles over. */
  private void guarded(Beginning step) {
    try {
      step.begin();
      advance();
    } catch (IOException | RuntimeException e) {
      fail("the peer does not keep to the protocol");
    }
  }

  private void advance() {
    if (state == State.HANDSHAKING && handshake.isComplete()) {
      enter(State.ESTABLISHED);
    }
    // What the peer said before it closed is said by a peer that is known.
    if (!isOver() && protocol.isClosed() && protocol.getAvailableInputBytes() == 0) {
      if (state == State.HANDSHAKING) {
        fail("the peer closed the channel in the middle of the handshake");
      } else {
        enter(State.CLOSING);
      }
    }
  }

  private void fail(String otherwise) {
    end();
    handshake.fail(otherwise);
    enter(State.FAILED);
  }

  private void end() {
    try {
      if (started) {
        protocol.close();
      }
    } catch (IOException | RuntimeException e) {
      // It is over either way.
    }
  }

  private void enter(State next) {
    if (state != next) {
      state = next;
      if (next == State.CLOSING || isOver()) {
        handshake.over();
        live.remove(this);
      }
    }
  }
}
