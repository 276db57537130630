// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Changes of leases that are in the table of a lane and not in the store yet, because nobody waits
 * for them: each lease as it was last. What the lane writes takes some of them along. Owner: who
 * works for the lane.
 */
final class Amendments {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanos;
  private final Map<LeaseKey, LeaseChange> waiting = new LinkedHashMap<>();
  private long since;

  /**
   * Nothing.
   *
   * @param nanos a clock that never goes back
   */
  Amendments(LongSupplier nanos) {
    this.nanos = nanos;
  }

  void add(List<LeaseChange> changes) {
    if (waiting.isEmpty()) {
      since = nanos.getAsLong();
    }
    for (LeaseChange change : changes) {
      waiting.put(change.key(), change);
    }
  }

  /**
   * Some of them, the oldest first, and then changes that are written now. What these replace is
   * not written at all.
   *
   * @param most of those that nobody waits for
   */
  List<LeaseChange> before(List<LeaseChange> changes, int most) {
    if (waiting.isEmpty()) {
      return changes;
    }
    for (LeaseChange change : changes) {
      waiting.remove(change.key());
    }
    List<LeaseChange> all = take(most);
    all.addAll(changes);
    return all;
  }

  /** The oldest of them. */
  List<LeaseChange> take(int most) {
    List<LeaseChange> taken = new ArrayList<>(Math.min(most, waiting.size()));
    Iterator<LeaseChange> each = waiting.values().iterator();
    while (each.hasNext() && taken.size() < most) {
      taken.add(each.next());
      each.remove();
    }
    return taken;
  }

  /** Whether they have waited for a second. */
  boolean areOld() {
    return !waiting.isEmpty() && nanos.getAsLong() - since >= PATIENCE_NANOS;
  }

  void clear() {
    waiting.clear();
  }
}
