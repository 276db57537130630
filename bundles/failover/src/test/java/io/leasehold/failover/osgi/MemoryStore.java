// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.osgi;

import io.leasehold.lease.Batch;
import io.leasehold.lease.LeaseSink;
import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.Position;
import io.leasehold.lease.Replay;
import io.leasehold.lease.StoreStatus;
import io.leasehold.net.Bytes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Notes in memory. */
final class MemoryStore implements LeaseStore {
  final Map<String, Bytes> notes = new ConcurrentHashMap<>();

  /** So many readings of notes fail. */
  final AtomicInteger failures = new AtomicInteger();

  volatile boolean isOpen = true;
  private final UUID id = UUID.randomUUID();

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Replay replay(LeaseSink into) {
    return new Replay(new Position(id, 0), 0, List.of());
  }

  @Override
  public CompletionStage<Position> append(Batch batch) {
    batch.notes().forEach(note -> notes.put(note.name(), note.value()));
    return CompletableFuture.completedFuture(new Position(id, 1));
  }

  @Override
  public Optional<Bytes> readNote(String name) {
    if (failures.get() > 0) {
      failures.decrementAndGet();
      throw new IllegalStateException("the store has just stopped");
    }
    return Optional.ofNullable(notes.get(name));
  }

  @Override
  public StoreStatus status() {
    StoreStatus.Condition condition =
        isOpen ? StoreStatus.Condition.OPEN : StoreStatus.Condition.STOPPED;
    return new StoreStatus(condition, 1, "", Map.of());
  }

  @Override
  public CompletionStage<Void> compact() {
    return CompletableFuture.completedFuture(null);
  }
}
