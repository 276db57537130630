// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.run;

import io.leasehold.hop.Application;
import io.leasehold.hop.HopSession;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.session.Caller;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A connection between the transport and the thread of a core. What happened waits here with the
 * time at which it did; of a connection of which much waits no more is read. Any thread.
 */
final class Connection {
  /** Messages that may wait; what was read already comes on top, which the transport bounds. */
  static final int MOST_WAITING = 256;

  /** Octets that may wait. */
  static final int MOST_OCTETS = 256 * 1024;

  /** It is read on when no more than this part of them waits. */
  private static final int FEW = 4;

  private static final Bytes NO_MESSAGE = Bytes.of();

  /** What happens on a connection. */
  enum What {
    OPENED,
    MESSAGE,
    OUTDATED,
    ENDED
  }

  /**
   * Something that happened.
   *
   * @param message that came, if one did
   * @param why it ended, if it did
   * @param at steady time
   */
  record Event(What what, Bytes message, String why, long at) {}

  private final long number;
  private final Application application;
  private final String transport;
  private final LongSupplier clock;
  private final Consumer<Connection> ready;
  private final ArrayDeque<Event> events = new ArrayDeque<>();
  private int octets;
  private boolean isReady;
  private boolean paused;
  private boolean over;
  private boolean closed;
  private HopSession session;

  /**
   * A connection to come.
   *
   * @param number by which the core knows it
   * @param transport name of the transport that has it
   * @param ready told when something waits, and not again until nothing did
   */
  Connection(
      long number,
      Application application,
      String transport,
      LongSupplier clock,
      Consumer<Connection> ready) {
    this.number = number;
    this.application = application;
    this.transport = transport;
    this.clock = clock;
    this.ready = ready;
  }

  long number() {
    return number;
  }

  String transport() {
    return transport;
  }

  /** The try from which it is to come. */
  void attempt(HopSession tried) {
    boolean unwanted;
    synchronized (this) {
      session = session == null ? tried : session;
      unwanted = closed;
    }
    if (unwanted) {
      tried.close();
    }
  }

  /** Messages pass. */
  void opened(HopSession now) {
    synchronized (this) {
      session = now;
    }
    add(What.OPENED, NO_MESSAGE, "");
  }

  /** A message came. */
  void message(Bytes message) {
    add(What.MESSAGE, message, "");
  }

  /** It ends in time. */
  void outdated() {
    add(What.OUTDATED, NO_MESSAGE, "");
  }

  /** It is over; what came before is still heard. */
  void ended(String why) {
    add(What.ENDED, NO_MESSAGE, why);
  }

  private void add(What what, Bytes message, String why) {
    long at = clock.getAsLong();
    boolean isNews;
    synchronized (this) {
      if (over) {
        return;
      }
      over = what == What.ENDED;
      events.add(new Event(what, message, why, at));
      octets += message.length();
      if (!paused && (events.size() >= MOST_WAITING || octets >= MOST_OCTETS)) {
        paused = true;
        session.read(false);
      }
      isNews = !isReady;
      isReady = true;
    }
    if (isNews) {
      ready.accept(this);
    }
  }

  /** What happened next; null if nothing waits. */
  synchronized Event poll() {
    Event next = events.poll();
    if (next != null) {
      octets -= next.message().length();
    }
    if (paused && events.size() <= MOST_WAITING / FEW && octets <= MOST_OCTETS / FEW) {
      paused = false;
      session.read(true);
    }
    return next;
  }

  /** Whether something waits; if not, the next that happens is told to who is to know. */
  synchronized boolean hasMore() {
    isReady = !events.isEmpty();
    return isReady;
  }

  /** Who is at the other end; only when it was opened. */
  synchronized Caller caller() {
    Set<Ipv6> remotes = new LinkedHashSet<>(List.of(session.remote()));
    remotes.addAll(session.remotes());
    return new Caller(
        application, transport, List.copyOf(remotes), session.peer(), session.assurance());
  }

  /** Sends a message; false if it is not sent. */
  boolean send(Bytes message) {
    HopSession present;
    synchronized (this) {
      present = closed || over ? null : session;
    }
    return present != null && present.send(message);
  }

  /** Ends it after what was sent; nothing more is heard of it. */
  void close() {
    synchronized (this) {
      over = true;
      events.clear();
    }
    shut();
  }

  /** Ends it after what was sent, which is heard as what came before is. */
  void end(String why) {
    ended(why);
    shut();
  }

  private void shut() {
    HopSession open;
    synchronized (this) {
      open = closed ? null : session;
      closed = true;
    }
    if (open != null) {
      open.close();
    }
  }
}
