// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.dtls;

import io.leasehold.net.Bytes;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.ChannelEngine.State;
import io.leasehold.security.CloseReason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * A channel between two ports of UDP. May be used from any thread: the engine is under the lock of
 * this object, the owner is called without it.
 */
final class Association {
  /** Largest message: what fits into one record (RFC 6347 section 4.1). */
  static final int LARGEST_MESSAGE = 16_384;

  private static final int RECORD_OVERHEAD = 512;

  /** Whoever keeps it. */
  interface Owner {
    /** It was established or has ended; look at its state. */
    void changed(Association association);

    /** A message came. */
    void message(Association association, Bytes message, Delivery delivery);
  }

  private final String id;
  private final ChannelEngine engine;
  private final Consumer<Bytes> wire;
  private final Owner owner;
  private final Moments moments;
  private final ByteBuffer buffer = ByteBuffer.allocate(LARGEST_MESSAGE + RECORD_OVERHEAD);
  private final LongAdder sent = new LongAdder();
  private final LongAdder received = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private volatile State state = State.HANDSHAKING;
  private volatile Optional<AuthenticatedPeer> peer = Optional.empty();
  private volatile Assurance assurance = Assurance.NONE;
  private volatile String endReason = "";

  /**
   * An association, not begun.
   *
   * @param wire sends a datagram to the other end
   */
  Association(String id, ChannelEngine engine, Consumer<Bytes> wire, Owner owner, Moments moments) {
    this.id = id;
    this.engine = engine;
    this.wire = wire;
    this.owner = owner;
    this.moments = moments;
  }

  String id() {
    return id;
  }

  State state() {
    return state;
  }

  boolean isUp() {
    return state == State.ESTABLISHED;
  }

  boolean isOver() {
    return state == State.CLOSED || state == State.FAILED || state == State.CLOSING;
  }

  /** Why it is over. */
  String endReason() {
    return endReason;
  }

  /** Who the peer was proved to be; stays when the association is over. */
  Optional<AuthenticatedPeer> peer() {
    return peer;
  }

  Assurance assurance() {
    return assurance;
  }

  Moments moments() {
    return moments;
  }

  long sent() {
    return sent.sum();
  }

  long received() {
    return received.sum();
  }

  long dropped() {
    return dropped.sum();
  }

  /** Begins. */
  void start() {
    work(engine::start, Delivery.SINGLE);
  }

  /** Takes a datagram of the other end. */
  void receive(Bytes datagram, Delivery delivery) {
    work(() -> engine.receiveNetwork(ByteBuffer.wrap(datagram.toArray())), delivery);
  }

  /** Takes from the engine what it did elsewhere. */
  void pump() {
    work(() -> {}, Delivery.SINGLE);
  }

  /** Looks whether something is due. */
  void tick(long now) {
    if (engineIsDue(now)) {
      work(engine::onTimer, Delivery.SINGLE);
    }
  }

  private synchronized boolean engineIsDue(long now) {
    return !isOver()
        && engine.nextTimerNanos().isPresent()
        && now - engine.nextTimerNanos().getAsLong() >= 0;
  }

  /** Sends a message; false if it is not established, or the message is too large for a record. */
  boolean send(Bytes message) {
    if (message.length() > LARGEST_MESSAGE) {
      dropped.increment();
      return false;
    }
    boolean[] gone = new boolean[1];
    work(
        () -> {
          if (engine.state() == State.ESTABLISHED) {
            engine.sendApplication(ByteBuffer.wrap(message.toArray()));
            gone[0] = true;
          }
        },
        Delivery.SINGLE);
    if (gone[0]) {
      sent.increment();
      moments.sent();
    } else {
      dropped.increment();
    }
    return gone[0];
  }

  /** Ends it in good order. */
  void end(CloseReason why, String reason) {
    work(
        () -> {
          if (!isOver()) {
            endReason = reason;
            engine.close(why);
          }
        },
        Delivery.SINGLE);
  }

  private void work(Runnable step, Delivery delivery) {
    List<Bytes> messages;
    boolean changed;
    synchronized (this) {
      step.run();
      toNetwork();
      messages = fromEngine();
      changed = follow();
    }
    if (changed) {
      owner.changed(this);
    }
    for (Bytes message : messages) {
      received.increment();
      moments.received();
      owner.message(this, message, delivery);
    }
  }

  private void toNetwork() {
    buffer.clear();
    while (engine.takeNetwork(buffer) > 0) {
      wire.accept(Bytes.copyOf(buffer.flip()));
      buffer.clear();
    }
  }

  private List<Bytes> fromEngine() {
    List<Bytes> messages = List.of();
    buffer.clear();
    while (engine.takeApplication(buffer) > 0) {
      messages = messages.isEmpty() ? new ArrayList<>() : messages;
      messages.add(Bytes.copyOf(buffer.flip()));
      buffer.clear();
    }
    return messages;
  }

  private boolean follow() {
    State now = engine.state();
    if (now == state) {
      return false;
    }
    if (now == State.ESTABLISHED) {
      peer = engine.peer();
      assurance = engine.assurance();
    } else if (endReason.isEmpty()) {
      endReason = now == State.FAILED ? engine.failure() : "ended by the other side";
    }
    state = now;
    moments.changed();
    return true;
  }
}
