// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.osgi;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.failover.FailoverFrame;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.failover.connection.Caller;
import io.leasehold.failover.effect.Moment;
import io.leasehold.hop.HopSession;
import io.leasehold.net.Bytes;
import io.leasehold.security.AuthenticatedPeer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A connection between the transport and the thread of failover. What came waits here with the time
 * at which it came (RFC 8156 section 7.1); of a connection of which much waits no more is read.
 */
final class Port {
  /** Messages that may wait; what was read already comes on top, which the transport bounds. */
  static final int MOST_WAITING = 1024;

  private static final int FEW_WAITING = 256;

  /** For so many messages nobody rests on. */
  private static final int MANY_WAITING = FailoverLoop.MANY;

  /** What happened on a connection. For the thread of failover. */
  interface Owner {
    /** Messages pass. */
    void opened(Port port, Moment arrived);

    /** A message came. */
    void frame(Port port, FailoverFrame frame, Moment arrived);

    /** What came is no message. */
    void malformed(Port port, String why, Moment arrived);

    /** The connection is over. */
    void ended(Port port, String why, Moment now);
  }

  private record Event(Happening what, Moment at) {}

  private interface Happening {
    void tell(Owner owner, Port port, Moment at);
  }

  private final long number;
  private final FailoverLoop loop;
  private final ArrayDeque<Event> events = new ArrayDeque<>();
  private final List<Bytes> outgoing = new ArrayList<>();
  private boolean paused;
  private boolean closed;
  private HopSession session;
  private Owner owner;
  private boolean wasOpened;

  /**
   * A connection to come.
   *
   * @param number by which effects name it
   * @param owner who hears of it first
   */
  Port(long number, Owner owner, FailoverLoop loop) {
    this.number = number;
    this.owner = owner;
    this.loop = loop;
  }

  long number() {
    return number;
  }

  /** Messages pass. Any thread. */
  void opened(HopSession now) {
    synchronized (events) {
      session = now;
      wasOpened = true;
    }
    add((to, port, at) -> to.opened(port, at));
  }

  /** The try from which it is to come. Any thread. */
  void attempt(HopSession tried) {
    boolean unwanted;
    synchronized (events) {
      session = session == null ? tried : session;
      unwanted = closed;
    }
    if (unwanted) {
      tried.close();
    }
  }

  /** A message came. A thread of the transport. */
  void message(Bytes octets) {
    Happening what;
    try {
      FailoverFrame frame = FailoverFrame.decode(octets);
      what = (to, port, at) -> to.frame(port, frame, at);
    } catch (MalformedPacketException e) {
      what = (to, port, at) -> to.malformed(port, e.getMessage(), at);
    }
    add(what);
  }

  /** The connection is over. Any thread. */
  void ended(String why) {
    add((to, port, at) -> to.ended(port, why, at));
  }

  private void add(Happening what) {
    Moment now = loop.now();
    boolean isMany;
    synchronized (events) {
      if (closed) {
        return;
      }
      events.add(new Event(what, now));
      isMany = events.size() == MANY_WAITING;
      if (!paused && session != null && events.size() >= MOST_WAITING) {
        paused = true;
        session.read(false);
      }
    }
    if (isMany) {
      loop.hurry();
    } else {
      loop.wake();
    }
  }

  /** Tells the owner what happened next; false if nothing did. For the thread of failover. */
  boolean turn() {
    Event next;
    synchronized (events) {
      next = closed ? null : events.poll();
      if (paused && events.size() <= FEW_WAITING) {
        paused = false;
        session.read(true);
      }
    }
    if (next != null) {
      next.what().tell(owner, this, next.at());
    }
    return next != null;
  }

  /** Gives it to somebody else, who hears what happens from now on. */
  void give(Owner next) {
    owner = next;
  }

  /** Whether messages have passed. */
  boolean wasOpened() {
    synchronized (events) {
      return wasOpened;
    }
  }

  /** Its session; null before the try. */
  HopSession session() {
    synchronized (events) {
      return session;
    }
  }

  /** Who is at the other end; only when it was opened. */
  Caller caller() {
    HopSession open = session();
    Optional<String> peerId = open.peer().map(AuthenticatedPeer::peerId);
    boolean isSecure = peerId.isPresent() && open.assurance().confidential();
    return new Caller(open.remote(), isSecure, peerId);
  }

  /**
   * Sends a message with the time of now (RFC 8156 section 5.2), or nothing if it is over; not
   * before {@link #flush}.
   */
  void send(FailoverFrame frame) {
    if (session() != null) {
      outgoing.add(stamped(frame).encode());
    }
  }

  /** Sends together what was said in one turn. */
  void flush() {
    if (!outgoing.isEmpty()) {
      session().sendAll(outgoing);
      outgoing.clear();
    }
  }

  private FailoverFrame stamped(FailoverFrame frame) {
    return frame instanceof FailoverMessage message
        ? message.sentAt(AbsoluteTime.ofUnixSeconds(loop.now().wallSeconds()))
        : frame;
  }

  /** Ends it after what was sent; nothing more is heard of it. */
  void close() {
    flush();
    HopSession open;
    synchronized (events) {
      closed = true;
      events.clear();
      open = session;
    }
    if (open != null) {
      open.close();
    }
  }
}
