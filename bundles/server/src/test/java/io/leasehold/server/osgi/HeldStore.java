// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.lease.Batch;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseSink;
import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.Position;
import io.leasehold.lease.Replay;
import io.leasehold.lease.StoreStatus;
import io.leasehold.lease.StoreUnavailableException;
import io.leasehold.net.Bytes;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** A store in memory that makes changes durable only when a test says so. */
final class HeldStore implements LeaseStore {
  private record Waiting(Batch batch, CompletableFuture<Position> done) {}

  private static final UUID IDENTITY = new UUID(0, 1);

  private final ConcurrentMap<LeaseKey, Lease> durable = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Bytes> notes = new ConcurrentHashMap<>();
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private boolean holding;
  private boolean stopped;
  private long epoch = 1;
  private long sequence;

  /** From now on appends wait for {@link #release}. */
  synchronized void hold() {
    holding = true;
  }

  /** Makes what waits durable, and what comes. */
  synchronized void release() {
    holding = false;
    for (Waiting one; (one = waiting.poll()) != null; ) {
      commit(one);
    }
  }

  /** Fails what waits and all that comes. */
  synchronized void stop() {
    stopped = true;
    holding = false;
    for (Waiting one; (one = waiting.poll()) != null; ) {
      one.done().completeExceptionally(new StoreUnavailableException("stopped by the test"));
    }
  }

  /** Takes changes again, under a new epoch. */
  synchronized void reopen() {
    stopped = false;
    epoch++;
  }

  synchronized int waiting() {
    return waiting.size();
  }

  /** Keys of what is durable. */
  Set<LeaseKey> written() {
    return durable.keySet();
  }

  /** A lease that is durable. */
  Lease lease(LeaseKey key) {
    return durable.get(key);
  }

  private void commit(Waiting one) {
    one.batch().leases().forEach(this::commit);
    one.batch().notes().forEach(note -> notes.put(note.name(), note.value()));
    one.done().complete(new Position(IDENTITY, ++sequence));
  }

  private void commit(io.leasehold.lease.LeaseChange change) {
    change
        .lease()
        .ifPresentOrElse(
            lease -> durable.put(change.key(), lease), () -> durable.remove(change.key()));
  }

  @Override
  public String name() {
    return "held";
  }

  @Override
  public Replay replay(LeaseSink into) {
    durable.values().forEach(into::put);
    return new Replay(new Position(IDENTITY, 0), durable.size(), List.of());
  }

  @Override
  public synchronized CompletionStage<Position> append(Batch batch) {
    Waiting one = new Waiting(batch, new CompletableFuture<>());
    if (stopped) {
      one.done().completeExceptionally(new StoreUnavailableException("stopped by the test"));
    } else if (holding) {
      waiting.add(one);
    } else {
      commit(one);
    }
    return one.done();
  }

  @Override
  public Optional<Bytes> readNote(String name) {
    return Optional.ofNullable(notes.get(name));
  }

  @Override
  public synchronized StoreStatus status() {
    StoreStatus.Condition condition =
        stopped ? StoreStatus.Condition.STOPPED : StoreStatus.Condition.OPEN;
    return new StoreStatus(condition, epoch, stopped ? "stopped by the test" : "", Map.of());
  }

  @Override
  public CompletionStage<Void> compact() {
    return CompletableFuture.completedFuture(null);
  }
}
