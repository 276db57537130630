// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.osgi;

import io.leasehold.allocation.GovernedLeases;
import io.leasehold.allocation.LeaseGovernor;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Leases in memory, durable at once. */
final class MemoryLeases implements GovernedLeases {
  /** So many questions for a subnet end with a fault. */
  final AtomicInteger faults = new AtomicInteger();

  private final Host host;
  private final Map<String, NavigableMap<LeaseKey, Lease>> all = new ConcurrentHashMap<>();

  MemoryLeases(Host host) {
    this.host = host;
  }

  NavigableMap<LeaseKey, Lease> of(String governor) {
    return all.computeIfAbsent(governor, name -> new ConcurrentSkipListMap<>());
  }

  /** A lane has changed a lease. */
  void commit(String governor, LeaseChange change) {
    put(governor, change);
    tell(governor, List.of(change));
  }

  private void put(String governor, LeaseChange change) {
    change
        .lease()
        .ifPresentOrElse(
            lease -> of(governor).put(change.key(), lease),
            () -> of(governor).remove(change.key()));
  }

  private void tell(String governor, List<LeaseChange> changes) {
    LeaseGovernor there = host.governor(governor);
    if (there != null && !changes.isEmpty()) {
      there.committed(changes);
    }
  }

  @Override
  public synchronized CompletionStage<List<Outcome>> edit(String governor, List<Edit> edits) {
    List<Outcome> outcomes = new ArrayList<>();
    List<LeaseChange> changes = new ArrayList<>();
    for (Edit edit : edits) {
      Optional<Lease> before = Optional.ofNullable(of(governor).get(edit.key()));
      Optional<Lease> after = edit.rule().apply(before, System.currentTimeMillis() / 1000);
      outcomes.add(after.equals(before) ? Outcome.KEPT : Outcome.CHANGED);
      if (!after.equals(before)) {
        LeaseChange change = new LeaseChange(edit.key(), after);
        put(governor, change);
        changes.add(change);
      }
    }
    tell(governor, changes);
    return CompletableFuture.completedFuture(outcomes);
  }

  @Override
  public CompletionStage<List<Lease>> page(String governor, Optional<LeaseKey> after, int limit) {
    NavigableMap<LeaseKey, Lease> leases = of(governor);
    var rest = after.isPresent() ? leases.tailMap(after.get(), false) : leases;
    return CompletableFuture.completedFuture(rest.values().stream().limit(limit).toList());
  }

  @Override
  public boolean contains(String governor, LeaseKey key) {
    if (faults.get() > 0) {
      faults.decrementAndGet();
      throw new IllegalStateException("a fault of the test");
    }
    return true;
  }

  @Override
  public List<Pool> pools(String governor) {
    return List.of();
  }
}
