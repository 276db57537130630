// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim;

import io.leasehold.lease.Batch;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.testkit.sim.SimStore;
import io.leasehold.testkit.sim.SimWorld;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What the journal must hold: all that it has acknowledged, in order, and of the rest the first few
 * batches as a whole or nothing.
 */
final class Chronicle {
  /** A batch on its way. */
  static final class Entry {
    private final Batch batch;
    private boolean acknowledged;

    private Entry(Batch batch) {
      this.batch = batch;
    }
  }

  private final SimWorld world;
  private final ServerClock clock;
  private final Promises promises;
  private final Map<LeaseKey, Lease> base = new HashMap<>();
  private final Map<LeaseKey, Lease> acknowledged = new HashMap<>();
  private final Map<LeaseKey, Lease> newest = new HashMap<>();
  private final Map<LeaseKey, Long> restsUntil = new HashMap<>();
  private final Deque<Entry> open = new ArrayDeque<>();
  private long batches;

  Chronicle(SimWorld world, ServerClock clock, Promises promises) {
    this.world = world;
    this.clock = clock;
    this.promises = promises;
    promises.compareWith(acknowledged::get);
  }

  /** What is durable of a lease at least; null for nothing. */
  Lease acknowledged(LeaseKey key) {
    return acknowledged.get(key);
  }

  /** All that the server believes in. */
  Map<LeaseKey, Lease> newest() {
    return newest;
  }

  long batches() {
    return batches;
  }

  /** A batch was given to the store. */
  Entry append(Batch batch) {
    Entry entry = new Entry(batch);
    open.add(entry);
    for (LeaseChange change : batch.leases()) {
      promises.check(change);
      mustRest(change);
      put(newest, change);
      world.note(SimStore.digest(change), () -> "append " + describe(change));
    }
    return entry;
  }

  /** The clock was set: a rest may have ended by that, and does not begin again. */
  void clockWasSet() {
    restsUntil.clear();
  }

  /** RFC 8415 section 18.3.8, RFC 2131 section 4.3.3: what was declined is left alone. */
  private void mustRest(LeaseChange change) {
    LeaseKey key = change.key();
    boolean removed = promises.wasRemovedSince(key, world.millis());
    boolean active = change.lease().map(l -> l.state() == LeaseState.ACTIVE).orElse(false);
    if (active && !removed && restsUntil.getOrDefault(key, 0L) > clock.millis()) {
      world.fail("declined until " + restsUntil.get(key) + ": " + describe(change));
    } else if (!active && promises.takeDeclined(key) && !isExpired(key)) {
      restsUntil.put(key, clock.millis() + Plans.PROBATION_SECONDS * 1000);
    } else if (removed) {
      restsUntil.remove(key);
    }
  }

  /**
   * A set clock may end a lease before the word of its client comes, which then is about nothing.
   */
  private boolean isExpired(LeaseKey key) {
    Lease last = acknowledged.get(key);
    return last != null && last.times().expires() * 1000 < clock.millis();
  }

  private static String describe(Batch batch) {
    return batch.leases().stream().map(LeaseChange::key).toList().toString();
  }

  private static String describe(LeaseChange change) {
    return change.key()
        + " "
        + change
            .lease()
            .map(l -> l.state().word() + " " + l.client() + "/" + l.iaid() + " " + l.times())
            .orElse("forgotten");
  }

  /** The store says that a batch is durable. */
  void acknowledge(Entry entry) {
    entry.acknowledged = true;
    batches++;
    world.note(batches, () -> "durable: " + describe(entry.batch));
    entry.batch.leases().forEach(change -> put(acknowledged, change));
    while (!open.isEmpty() && open.peek().acknowledged) {
      open.remove().batch.leases().forEach(change -> put(base, change));
    }
  }

  private static void put(Map<LeaseKey, Lease> into, LeaseChange change) {
    if (change.lease().isPresent()) {
      into.put(change.key(), change.lease().get());
    } else {
      into.remove(change.key());
    }
  }

  /** The server has read this; nothing was on its way any more. */
  void read(Map<LeaseKey, Lease> content) {
    mustBePossible(content);
    for (Map<LeaseKey, Lease> map : List.of(base, acknowledged, newest)) {
      map.clear();
      map.putAll(content);
    }
    open.clear();
    // A decline that was not durable is forgotten.
    restsUntil
        .keySet()
        .removeIf(key -> content.get(key) != null && content.get(key).state() == LeaseState.ACTIVE);
    promises.checkAll();
  }

  private void mustBePossible(Map<LeaseKey, Lease> content) {
    Set<LeaseKey> touched = new HashSet<>();
    open.forEach(entry -> entry.batch.leases().forEach(change -> touched.add(change.key())));
    Set<LeaseKey> untouched = new HashSet<>(base.keySet());
    untouched.addAll(content.keySet());
    untouched.removeAll(touched);
    for (LeaseKey key : untouched) {
      if (!Objects.equals(base.get(key), content.get(key))) {
        world.fail(key + " should be " + base.get(key) + " and was read as " + content.get(key));
      }
    }
    for (int survivors = 0; survivors <= open.size(); survivors++) {
      if (isAfter(survivors, touched, content)) {
        return;
      }
    }
    world.fail("no first part of " + open.size() + " open batches explains what was read");
  }

  private boolean isAfter(int survivors, Set<LeaseKey> touched, Map<LeaseKey, Lease> content) {
    Map<LeaseKey, Lease> state = new HashMap<>();
    touched.forEach(key -> state.put(key, base.get(key)));
    int left = survivors;
    for (Iterator<Entry> all = open.iterator(); all.hasNext(); left--) {
      Entry entry = all.next();
      if (entry.acknowledged || left > 0) {
        entry
            .batch
            .leases()
            .forEach(change -> state.put(change.key(), change.lease().orElse(null)));
      }
    }
    for (LeaseKey key : touched) {
      if (!Objects.equals(state.get(key), content.get(key))) {
        return false;
      }
    }
    return true;
  }

  /** Whether these are exactly the leases that the server should have. */
  boolean isAll(List<Lease> leases) {
    Map<LeaseKey, Lease> found = new HashMap<>();
    leases.forEach(lease -> found.put(lease.key(), withoutSubnet(lease)));
    Map<LeaseKey, Lease> due = new HashMap<>();
    newest.forEach((key, lease) -> due.put(key, withoutSubnet(lease)));
    return leases.size() == found.size() && found.equals(due);
  }

  /** A plan may have given a subnet another number since the lease was written. */
  private static Lease withoutSubnet(Lease lease) {
    return new Lease(
        lease.key(),
        0,
        lease.client(),
        lease.iaid(),
        lease.state(),
        lease.times(),
        lease.details());
  }
}
