// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import io.leasehold.hop.LinkStatus;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.security.Channel;
import io.leasehold.security.Sanitizer;
import io.leasehold.transport.connection.Protection;
import io.leasehold.transport.connection.SendQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One association, without its socket. Belongs to the thread of the transport; what other threads
 * may call says so. Nothing is said or taken unless the channel admits messages in clear by every
 * path between the two ends.
 */
final class Association {
  /** Who has associations. On the thread of the transport. */
  interface Owner {
    /** Messages pass. */
    void opened(Association association);

    /** It is over, however far it had come. */
    void ended(Association association, Ending why, String detail);
  }

  private final String id;
  private final Hop hop;
  private final Assembly assembly;
  private final Outflow outflow;
  private final Turns turns;
  private final Owner owner;
  private final Timing timing;
  private final AtomicBoolean awake = new AtomicBoolean();
  private final SctpSession session = new SctpSession(this);
  private volatile Ipv6 remote;
  private Wire wire;
  private boolean paused;
  private boolean finishing;
  private boolean wasOpened;
  private boolean isClosed;
  private volatile boolean up;
  private volatile boolean outdated;
  private volatile Ending ending;
  private volatile Ends ends;
  private volatile Instant since = Instant.now();
  private volatile long received;

  /**
   * One that is not there yet.
   *
   * @param remote address of the peer
   * @param timing of this one
   */
  Association(
      String id, Hop hop, SendQueue queue, Turns turns, Owner owner, Ipv6 remote, Timing timing) {
    this.id = id;
    this.hop = hop;
    int protocol = PoolMessages.protocol(hop.application());
    this.assembly = new Assembly(protocol);
    this.outflow = new Outflow(queue, protocol, hop.counters());
    this.turns = turns;
    this.owner = owner;
    this.remote = remote;
    this.timing = timing;
  }

  /** A socket that may be connected in time. */
  void connecting(Wire socket) {
    wire = socket;
    if (ending != null) {
      closeWire();
    }
  }

  /** The socket is connected. */
  void connected(Wire socket) throws IOException {
    connecting(socket);
    if (ending != null) {
      return;
    }
    refresh();
    if (ending == null) {
      remote = hop.outgoing() ? remote : ends.primary().address();
      wire.interest(true, false);
      if (hop.outgoing()) {
        open();
      }
    }
  }

  /** Addresses of one of the ends are other ones. */
  void refresh() throws IOException {
    if (ending == null) {
      ends = wire.ends();
      check();
    }
  }

  private boolean check() {
    try {
      ends.check(hop.protection());
      return true;
    } catch (Protection.Refused e) {
      end(Ending.CHANNEL_DOWN, e.getMessage());
      return false;
    }
  }

  private void open() {
    up = true;
    wasOpened = true;
    since = Instant.now();
    hop.counters().count(Counters.ESTABLISHED);
    owner.opened(this);
    if (ending == null) {
      hop.tell(session, user -> user.opened(session));
    }
  }

  /**
   * A message came, or a part of one.
   *
   * @param complete whether this is its end
   * @param of its payload protocol identifier
   */
  void received(ByteBuffer octets, boolean complete, int of) {
    if (ending != null || finishing) {
      return; // nobody hears it any more
    }
    if (complete) {
      timing.whole();
    }
    switch (assembly.take(octets, complete, of)) {
      case PART -> timing.partial(turns.nanos());
      case MESSAGE -> deliver(assembly.message());
      case FOREIGN ->
          drop(Counters.FOREIGN, "a message of payload protocol " + Integer.toUnsignedString(of));
      case INVALID -> drop(Counters.INVALID, "a message that is not as long as it says");
      case TOO_LONG -> end(Ending.MESSAGE_TOO_LONG, "a message is longer than any can be");
    }
  }

  private void drop(String counter, String what) {
    hop.counters().count(counter);
    hop.log()
        .warn(
            counter + " " + hop.channel(), this + ": " + what + " is dropped; counter " + counter);
  }

  private void deliver(Bytes message) {
    timing.message(turns.nanos());
    if (!wasOpened) {
      open();
    }
    if (ending == null && !finishing) {
      received++;
      hop.counters().count(Counters.RECEIVED);
      hop.counters().add(Counters.RECEIVED_OCTETS, message.length());
      hop.tell(session, user -> user.message(session, message));
    }
  }

  /** Whether what comes is wanted now. */
  boolean isReading() {
    // Who does not take its answers is asked for no more questions.
    return ending != null || !paused && (hop.outgoing() || !outflow.isBlocked());
  }

  /** The peer has ended it in good order. */
  void finished() {
    end(Ending.CLOSED_BY_PEER, "the peer ended the association");
    closeWire();
  }

  /** It broke. */
  void lost(String why) {
    boolean wasThere = ends != null;
    end(
        wasThere ? Ending.CONNECTION_LOST : Ending.CONNECT_FAILED,
        (wasThere ? "the association broke: " : "cannot connect: ") + why);
    closeWire();
  }

  /** There may be something to send, or room for it. */
  void sendQueued() {
    awake.set(false);
    try {
      if (up && outflow.flush(wire)) {
        timing.sent(turns.nanos());
      }
    } catch (IOException e) {
      lost(e.getMessage());
    }
    if (finishing && (!up || outflow.isEmpty())) {
      end(Ending.CLOSED, "this side ended it");
    }
    applyInterest();
  }

  private void applyInterest() {
    if (wire != null && ends != null && ending == null) {
      wire.interest(isReading(), outflow.isBlocked());
    }
  }

  /** Time has passed. */
  void tick(long nanos) {
    if (ending != null) {
      if (timing.isLingerOver(nanos)) {
        closeWire();
      }
      return;
    }
    Timing.Overdue overdue = timing.dueOfConnecting(nanos);
    if (wasOpened) {
      overdue = timing.dueOfMessages(nanos, !isReading(), outflow.isBlocked());
    } else if (ends != null) {
      overdue = timing.dueOfSilent(nanos);
    }
    if (overdue != null) {
      end(overdue.ending(), overdue.detail());
    }
  }

  /** What the channel says of itself has changed. */
  void changed(Channel.Change change, Channel channel, Duration grace) {
    if (ending != null) {
      return;
    }
    if (change == Channel.Change.GONE) {
      end(Ending.CHANNEL_DOWN, "channel " + hop.channel() + ": " + channel.health().reason());
    } else if (change == Channel.Change.RENEWED && ends == null) {
      end(Ending.DRAINED, Timing.CHANGED);
    } else if (change == Channel.Change.RENEWED && check() && wasOpened) {
      outdated = true;
      timing.outdated(turns.nanos() + grace.toNanos());
      if (hop.outgoing()) {
        hop.tell(session, user -> user.outdated(session));
      }
    }
  }

  /** Ends it; the first reason counts. */
  void end(Ending why, String detail) {
    if (ending != null) {
      return;
    }
    ending = why;
    up = false;
    outflow.shut();
    assembly.clear();
    timing.ended(turns.nanos());
    shut(why);
    hop.counters().count(why.counter());
    owner.ended(this, why, detail);
    if (wasOpened || hop.outgoing()) {
      String line = why.counter() + ": " + Sanitizer.line(detail);
      hop.tell(session, user -> user.ended(session, line));
    }
  }

  private void shut(Ending why) {
    if (why.isFailure() || ends == null) {
      closeWire();
      return;
    }
    try {
      wire.shutdown();
      wire.interest(true, false); // to hear that the peer has all
    } catch (IOException e) {
      closeWire();
    }
  }

  /**
   * Takes a message to be sent, which {@link #wake} does. Any thread.
   *
   * @return false if it is not taken; the association ends if too much waits
   */
  boolean add(Bytes message) {
    if (!PoolMessages.fits(message)) {
      hop.counters().count(Counters.TOO_LARGE);
      return false;
    }
    if (!up) {
      hop.counters().count(Counters.NO_CONNECTION);
      return false;
    }
    if (!outflow.add(message)) {
      turns.soon(() -> end(Ending.QUEUE_FULL, "the peer takes too little"));
      return false;
    }
    return true;
  }

  /** There may be something to send. Any thread. */
  void wake() {
    if (!awake.getAndSet(true)) {
      turns.later(this::sendQueued);
    }
  }

  /** Whether its messages are wanted now. Any thread. */
  void read(boolean wanted) {
    turns.soon(
        () -> {
          paused = !wanted;
          timing.resumed(turns.nanos());
          applyInterest();
        });
  }

  /** Ends it when what waits was sent. Any thread. */
  void finish() {
    turns.soon(
        () -> {
          finishing = true;
          sendQueued();
        });
  }

  String id() {
    return id;
  }

  Hop hop() {
    return hop;
  }

  Ipv6 remote() {
    return remote;
  }

  /** All addresses of both ends; null before it is connected. Any thread. */
  Ends ends() {
    return ends;
  }

  SctpSession session() {
    return session;
  }

  LinkStatus.State state() {
    if (ending != null) {
      return LinkStatus.State.DOWN;
    }
    if (up) {
      return outdated ? LinkStatus.State.DRAINING : LinkStatus.State.UP;
    }
    return ends == null ? LinkStatus.State.CONNECTING : LinkStatus.State.HANDSHAKING;
  }

  /** Since when messages pass, or it is tried. Any thread. */
  Instant since() {
    return since;
  }

  long sent() {
    return outflow.sent();
  }

  long received() {
    return received;
  }

  /** Whether nothing comes of it any more, though its socket may linger. Any thread. */
  boolean isOver() {
    return ending != null;
  }

  /** Closes its socket now, if it has one; what is not acknowledged by the peer is lost. */
  void closeWire() {
    isClosed = true;
    if (wire != null) {
      wire.close();
    }
  }

  /** Whether it is over, and its socket is closed. */
  boolean isClosed() {
    return ending != null && isClosed;
  }

  @Override
  public String toString() {
    Ends known = ends;
    return "sctp association %s %s %s (channel %s)"
        .formatted(
            id,
            hop.outgoing() ? "to" : "from",
            known == null ? remote : known.remoteText(),
            hop.channel());
  }
}
