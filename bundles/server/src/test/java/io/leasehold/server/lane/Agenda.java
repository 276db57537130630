// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What happens when, to the nanosecond; nothing else happens. */
final class Agenda {
  private record Event(long at, long number, Runnable what) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
  private long now;
  private long number;

  long now() {
    return now;
  }

  void after(long nanos, Runnable what) {
    events.add(new Event(now + nanos, number++, what));
  }

  /** Lets time pass until a moment. */
  void runUntil(long end) {
    while (!events.isEmpty() && events.element().at() <= end) {
      Event next = events.remove();
      now = next.at();
      next.what().run();
    }
    now = end;
  }
}
