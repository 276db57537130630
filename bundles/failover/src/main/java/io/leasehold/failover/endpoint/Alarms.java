// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import io.leasehold.failover.FailoverStatus;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.effect.Outbox;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What wants attention and since when, and what happened lately. Bounded: one alarm of a kind, and
 * the latest events. Owner: the endpoint's thread.
 */
final class Alarms {
  /** What can stand. */
  enum Kind {
    /** This server does not work together with its partner. */
    STATE,
    /** What was stored could not be read. */
    NOTE,
    /** Nothing can be stored. */
    STORE,
    /** The configuration does not suit. */
    SETTINGS,
    /** Clients of DHCPv4 are not served. */
    DHCP4,
    /** An operator has drained this server. */
    DRAINED
  }

  /** More than any day of trouble that somebody would read. */
  static final int MOST_EVENTS = 128;

  private final Outbox outbox;
  private final Map<Kind, String> standing = new EnumMap<>(Kind.class);
  private final Deque<FailoverStatus.Event> events = new ArrayDeque<>();
  private long raised;

  Alarms(Outbox outbox) {
    this.outbox = outbox;
  }

  /** Something happened that is worth to be known. */
  void note(String what, Moment now) {
    outbox.note(what);
    keep(what, now);
  }

  /** Something happened that somebody should look at. */
  void warn(String what, Moment now) {
    outbox.warn(what);
    keep(what, now);
  }

  private void keep(String what, Moment now) {
    if (events.size() == MOST_EVENTS) {
      events.removeFirst();
    }
    events.addLast(new FailoverStatus.Event(Instant.ofEpochSecond(now.wallSeconds()), what));
  }

  /** From now on this stands; said once, as long as it is the same. */
  void raise(Kind kind, String what, Moment now) {
    if (!what.equals(standing.put(kind, what))) {
      raised++;
      warn(what, now);
    }
  }

  /** It is over. */
  void clear(Kind kind, Moment now) {
    String was = standing.remove(kind);
    if (was != null) {
      note("It is over that: " + was, now);
    }
  }

  /** How many there have been. */
  long raised() {
    return raised;
  }

  /** What stands, a sentence each. */
  List<String> standing() {
    return List.copyOf(standing.values());
  }

  /** What happened, the oldest first. */
  List<FailoverStatus.Event> events() {
    return List.copyOf(new ArrayList<>(events));
  }
}
