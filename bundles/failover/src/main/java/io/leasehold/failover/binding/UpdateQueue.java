// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Leases that the partner is to hear of on this connection, each once and as it was last. Of one
 * lease nothing more is said before it has answered. What is not here is found by its marks.
 */
final class UpdateQueue {
  private final Map<LeaseKey, Lease> waiting = new LinkedHashMap<>();
  private final Map<LeaseKey, Lease> busy = new HashMap<>();
  private final Map<LeaseKey, Lease> later = new HashMap<>();
  private final Set<LeaseKey> asked = new HashSet<>();
  private final Set<LeaseKey> announcing = new HashSet<>();
  private final Set<LeaseKey> outdated = new HashSet<>();

  /**
   * Adds a lease, or what it is now.
   *
   * @param isAsked whether the partner's request is not answered before it is
   */
  void offer(Lease lease, boolean isAsked) {
    LeaseKey key = lease.key();
    if (isAsked) {
      asked.add(key);
    }
    Lease told = busy.get(key);
    if (told == null) {
      waiting.put(key, lease);
    } else if (isSame(told, lease) && !outdated.contains(key)) {
      later.remove(key);
    } else {
      later.put(key, lease);
    }
  }

  private static boolean isSame(Lease one, Lease other) {
    return LeaseMarks.saysTheSame(one, other);
  }

  /** A lease has changed: what is announced of it and not told yet is not told any more. */
  void changed(Lease lease) {
    if (announcing.contains(lease.key()) && !isSame(busy.get(lease.key()), lease)) {
      outdated.add(lease.key());
    }
  }

  /** Whether a lease waits to be told. */
  boolean isWaiting(LeaseKey key) {
    return waiting.containsKey(key);
  }

  /** Whether the partner asked for a lease that it has not answered. */
  boolean isAsked(LeaseKey key) {
    return asked.contains(key);
  }

  /** Whether anything is not answered that the partner asked for. */
  boolean hasAsked() {
    return !asked.isEmpty();
  }

  /** Nothing is to be said of a lease any more; what is on its way stays so. */
  void drop(LeaseKey key) {
    later.remove(key);
    waiting.remove(key);
    if (announcing.contains(key)) {
      outdated.add(key);
    }
    if (!busy.containsKey(key)) {
      asked.remove(key);
    }
  }

  /** Forgets what the partner has not asked for and has not been told. */
  void keepAsked() {
    waiting.keySet().retainAll(asked);
    later.keySet().retainAll(asked);
  }

  void clear() {
    waiting.clear();
    busy.clear();
    later.clear();
    asked.clear();
    announcing.clear();
    outdated.clear();
  }

  /** The next one, which stays; null if there is none. */
  Lease peek() {
    Iterator<Lease> next = waiting.values().iterator();
    return next.hasNext() ? next.next() : null;
  }

  /** Takes the next one, which is busy until it is {@link #settled}. */
  Lease take() {
    Iterator<Lease> next = waiting.values().iterator();
    Lease lease = next.next();
    next.remove();
    busy.put(lease.key(), lease);
    return lease;
  }

  /** Takes the next one, as {@link #take}; it is not told before it is announced. */
  Lease announce() {
    Lease lease = take();
    announcing.add(lease.key());
    return lease;
  }

  /**
   * A lease was announced and is to be told now; false if it is another one meanwhile, and settled.
   */
  boolean tell(Lease lease) {
    announcing.remove(lease.key());
    if (outdated.remove(lease.key())) {
      settled(lease.key());
      return false;
    }
    busy.put(lease.key(), lease);
    return true;
  }

  /** A busy lease was answered, or is not said after all; what it became meanwhile is next. */
  void settled(LeaseKey key) {
    busy.remove(key);
    asked.remove(key);
    announcing.remove(key);
    outdated.remove(key);
    Lease changed = later.remove(key);
    if (changed != null) {
      waiting.put(key, changed);
    }
  }

  /** How many wait. */
  int waiting() {
    return waiting.size() + later.size();
  }

  /** Whether nothing waits, and nothing is unanswered. */
  boolean isEmpty() {
    return waiting.isEmpty() && busy.isEmpty();
  }
}
