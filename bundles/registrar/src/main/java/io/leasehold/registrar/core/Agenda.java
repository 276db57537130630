// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.core;

import io.leasehold.rserpool.session.SessionEvents;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What is due when; of each thing one moment. Of several that are due the earliest comes first,
 * then who was entered first. One thread.
 *
 * @param <K> things, values that can be keys
 */
public final class Agenda<K> {
  private record Entry<K>(long due, long order, K what) {}

  private final Map<K, Entry<K>> entries = new HashMap<>();
  private final TreeSet<Entry<K>> times =
      new TreeSet<>(Comparator.<Entry<K>>comparingLong(Entry::due).thenComparingLong(Entry::order));
  private long entered;

  /** Enters when something is due, in place of when it was; {@link SessionEvents#NEVER} for not. */
  public void set(K what, long due) {
    remove(what);
    if (due != SessionEvents.NEVER) {
      Entry<K> entry = new Entry<>(due, entered++, what);
      entries.put(what, entry);
      times.add(entry);
    }
  }

  /** Forgets something. */
  public void remove(K what) {
    Entry<K> before = entries.remove(what);
    if (before != null) {
      times.remove(before);
    }
  }

  /** Takes out what is due first, if it is due. */
  public Optional<K> take(long now) {
    if (earliest() > now) {
      return Optional.empty();
    }
    K what = times.pollFirst().what();
    entries.remove(what);
    return Optional.of(what);
  }

  /** When something is due; {@link SessionEvents#NEVER} if nothing is. */
  public long earliest() {
    return times.isEmpty() ? SessionEvents.NEVER : times.first().due();
  }

  /** How many things are entered. */
  public int size() {
    return entries.size();
  }
}
