// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.security.Admission;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.CloseReason;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;

/** The channel of provider {@code none}: octets pass as they are, as they were admitted. */
final class ClearEngine implements ChannelEngine {
  private final Admission admission;
  private final ArrayDeque<ByteBuffer> toNetwork = new ArrayDeque<>();
  private final ArrayDeque<ByteBuffer> toApplication = new ArrayDeque<>();
  private State state = State.HANDSHAKING;

  ClearEngine(Admission admission) {
    this.admission = admission;
  }

  @Override
  public void start() {
    state = State.ESTABLISHED;
  }

  @Override
  public void receiveNetwork(ByteBuffer in) {
    pass(in, toApplication);
  }

  @Override
  public int takeNetwork(ByteBuffer out) {
    int taken = take(toNetwork, out);
    if (state == State.CLOSING && toNetwork.isEmpty()) {
      state = State.CLOSED;
    }
    return taken;
  }

  @Override
  public int takeApplication(ByteBuffer out) {
    return take(toApplication, out);
  }

  @Override
  public void sendApplication(ByteBuffer in) {
    if (state != State.ESTABLISHED) {
      throw new IllegalStateException("not established");
    }
    pass(in, toNetwork);
  }

  private static void pass(ByteBuffer in, ArrayDeque<ByteBuffer> to) {
    to.add(ByteBuffer.allocate(in.remaining()).put(in).flip());
  }

  private static int take(ArrayDeque<ByteBuffer> from, ByteBuffer out) {
    int room = out.remaining();
    while (!from.isEmpty() && out.hasRemaining()) {
      ByteBuffer first = from.peek();
      int octets = Math.min(first.remaining(), out.remaining());
      out.put(first.slice(first.position(), octets));
      first.position(first.position() + octets);
      if (!first.hasRemaining()) {
        from.remove();
      }
    }
    return room - out.remaining();
  }

  @Override
  public State state() {
    return state;
  }

  @Override
  public String failure() {
    return "";
  }

  @Override
  public Optional<AuthenticatedPeer> peer() {
    return state == State.ESTABLISHED ? admission.peer() : Optional.empty();
  }

  @Override
  public Assurance assurance() {
    return state == State.ESTABLISHED ? admission.assurance() : Assurance.NONE;
  }

  @Override
  public OptionalLong nextTimerNanos() {
    return OptionalLong.empty();
  }

  @Override
  public void onTimer() {
    // Nothing is waited for.
  }

  @Override
  public void close(CloseReason why) {
    state = toNetwork.isEmpty() ? State.CLOSED : State.CLOSING;
  }
}
