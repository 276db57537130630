// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.none;

import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.CloseReason;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Octets as they are. It is established at once, and there is never a peer: nobody has proved
 * anything. Confined to one thread.
 */
final class ClearEngine implements ChannelEngine {
  /** A user that takes nothing out must not fill the memory. */
  private static final int MAX_WAITING = 1 << 20;

  private final Deque<ByteBuffer> up = new ArrayDeque<>();
  private final Deque<ByteBuffer> down = new ArrayDeque<>();
  private State state = State.HANDSHAKING;
  private String failure = "";
  private int waiting;

  @Override
  public void start() {
    if (state == State.HANDSHAKING) {
      state = State.ESTABLISHED;
    }
  }

  @Override
  public void receiveNetwork(ByteBuffer in) {
    int length = in.remaining();
    if (state != State.ESTABLISHED) {
      in.position(in.limit());
    } else if (waiting + length > MAX_WAITING) {
      in.position(in.limit());
      up.clear();
      down.clear();
      failure = "more came than was taken";
      state = State.FAILED;
    } else {
      put(up, in);
    }
  }

  @Override
  public int takeNetwork(ByteBuffer out) {
    int taken = take(down, out);
    if (state == State.CLOSING && down.isEmpty()) {
      state = State.CLOSED;
    }
    return taken;
  }

  @Override
  public int takeApplication(ByteBuffer out) {
    return take(up, out);
  }

  @Override
  public void sendApplication(ByteBuffer in) {
    if (state != State.ESTABLISHED) {
      throw new IllegalStateException("the channel is " + state);
    }
    put(down, in);
  }

  private void put(Deque<ByteBuffer> queue, ByteBuffer in) {
    if (in.hasRemaining()) {
      ByteBuffer copy = ByteBuffer.allocate(in.remaining()).put(in).flip();
      waiting += copy.remaining();
      queue.add(copy);
    }
  }

  private int take(Deque<ByteBuffer> queue, ByteBuffer out) {
    int before = out.position();
    while (!queue.isEmpty() && out.hasRemaining()) {
      ByteBuffer first = queue.peek();
      int length = Math.min(first.remaining(), out.remaining());
      out.put(first.slice().limit(length));
      first.position(first.position() + length);
      if (!first.hasRemaining()) {
        queue.remove();
      }
    }
    int taken = out.position() - before;
    waiting -= taken;
    return taken;
  }

  @Override
  public State state() {
    return state;
  }

  @Override
  public String failure() {
    return failure;
  }

  @Override
  public Optional<AuthenticatedPeer> peer() {
    return Optional.empty();
  }

  @Override
  public Assurance assurance() {
    return Assurance.NONE;
  }

  @Override
  public OptionalLong nextTimerNanos() {
    return OptionalLong.empty();
  }

  @Override
  public void onTimer() {
    // It waits for nothing.
  }

  @Override
  public void close(CloseReason why) {
    up.clear();
    if (state != State.FAILED && state != State.CLOSED) {
      state = down.isEmpty() ? State.CLOSED : State.CLOSING;
    }
  }
}
