// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.sim;

import io.leasehold.lease.Batch;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseSink;
import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.NoteChange;
import io.leasehold.lease.Position;
import io.leasehold.lease.Replay;
import io.leasehold.lease.StoreStatus;
import io.leasehold.lease.StoreUnavailableException;
import io.leasehold.net.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A store whose medium takes time. A sync makes durable what was waiting when it began. A crash or
 * a failure loses what was not durable, but for the first few batches that waited, which may have
 * survived without anyone knowing.
 */
public final class SimStore implements LeaseStore {
  private record Waiting(Batch batch, CompletableFuture<Position> done) {}

  private final SimWorld world;
  private final RandomGenerator random;
  private final UUID identity = new UUID(0, 1);
  private final TreeMap<LeaseKey, Lease> durable = new TreeMap<>();
  private final TreeMap<String, Bytes> notes = new TreeMap<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private SimWorld.Event sync;
  private int stallPercent;
  private boolean stopped;
  private long epoch = 1;
  private long sequence;
  private Consumer<LeaseChange> watcher = change -> {};

  /** An empty store. */
  public SimStore(SimWorld world) {
    this(world, "store");
  }

  /** An empty store, one of several in its world. */
  public SimStore(SimWorld world, String name) {
    this.world = world;
    this.random = world.random(name);
  }

  /** How many of a hundred syncs take seconds instead of milliseconds. */
  public void stalls(int percent) {
    stallPercent = percent;
  }

  /** What would be found after a crash now, at least. */
  public Map<LeaseKey, Lease> durable() {
    return Collections.unmodifiableMap(durable);
  }

  /** How many batches have become durable. */
  public long sequence() {
    return sequence;
  }

  /** Shows every change when it becomes durable, also to this one. */
  public void watch(Consumer<LeaseChange> next) {
    watcher = watcher.andThen(next);
  }

  /** The host dies: nobody hears of what was waiting. The store can be used again at once. */
  public void crash() {
    world.note("store: crash with " + waiting.size() + " batches waiting");
    breakOff();
    waiting.clear();
    reopen();
  }

  /** The medium is replaced by an empty one, while nobody uses the store. */
  public void lose() {
    world.note("store: everything is lost");
    crash();
    durable.clear();
    notes.clear();
  }

  /** The medium fails: what was waiting fails, and everything after it until {@link #reopen}. */
  public void fail() {
    world.note("store: failure with " + waiting.size() + " batches waiting");
    breakOff();
    stopped = true;
    List<Waiting> failed = List.copyOf(waiting);
    waiting.clear();
    failed.forEach(one -> one.done().completeExceptionally(unavailable()));
  }

  /** The medium works again; what is used with it must be loaded anew. */
  public void reopen() {
    stopped = false;
    epoch++;
  }

  private void breakOff() {
    if (sync != null) {
      sync.cancel();
      sync = null;
    }
    int survivors = waiting.isEmpty() ? 0 : random.nextInt(waiting.size() + 1);
    waiting.subList(0, survivors).forEach(one -> apply(one.batch()));
  }

  private static StoreUnavailableException unavailable() {
    return new StoreUnavailableException("the simulated medium has failed");
  }

  @Override
  public String name() {
    return "simulated";
  }

  @Override
  public Replay replay(LeaseSink into) throws StoreUnavailableException {
    if (stopped) {
      throw unavailable();
    }
    durable.values().forEach(into::put);
    return new Replay(new Position(identity, sequence), durable.size(), List.of());
  }

  @Override
  public CompletionStage<Position> append(Batch batch) {
    if (stopped) {
      return CompletableFuture.failedFuture(unavailable());
    }
    CompletableFuture<Position> done = new CompletableFuture<>();
    waiting.add(new Waiting(batch, done));
    if (sync == null) {
      beginSync();
    }
    return done;
  }

  private void beginSync() {
    int covered = waiting.size();
    boolean stall = random.nextInt(100) < stallPercent;
    int took = stall ? random.nextInt(500, 5000) : random.nextInt(0, 6);
    sync = world.after(took, () -> endSync(covered));
  }

  private void endSync(int covered) {
    sync = null;
    List<Waiting> done = List.copyOf(waiting.subList(0, covered));
    waiting.subList(0, covered).clear();
    done.forEach(one -> apply(one.batch()));
    if (!waiting.isEmpty()) {
      beginSync();
    }
    long first = sequence - done.size() + 1;
    for (int i = 0; i < done.size(); i++) {
      done.get(i).done().complete(new Position(identity, first + i));
    }
  }

  private void apply(Batch batch) {
    sequence++;
    for (LeaseChange change : batch.leases()) {
      world.note(digest(change), () -> "durable " + change.key() + " " + describe(change));
      watcher.accept(change);
      if (change.lease().isPresent()) {
        durable.put(change.key(), change.lease().get());
      } else {
        durable.remove(change.key());
      }
    }
    for (NoteChange note : batch.notes()) {
      if (note.value().isEmpty()) {
        notes.remove(note.name());
      } else {
        notes.put(note.name(), note.value());
      }
    }
  }

  /** A digest that is the same in every run, which hash codes of enumerations are not. */
  public static long digest(LeaseChange change) {
    long key = change.key().address().hashCode();
    return change
        .lease()
        .map(lease -> key * 31 + lease.state().code() * 7 + lease.times().expires())
        .orElse(key);
  }

  private static String describe(LeaseChange change) {
    return change
        .lease()
        .map(l -> l.state().word() + " " + l.client() + "/" + l.iaid() + " " + l.times().expires())
        .orElse("forgotten");
  }

  @Override
  public Optional<Bytes> readNote(String name) {
    return Optional.ofNullable(notes.get(name));
  }

  @Override
  public StoreStatus status() {
    return new StoreStatus(
        stopped ? StoreStatus.Condition.STOPPED : StoreStatus.Condition.OPEN,
        epoch,
        stopped ? "the simulated medium has failed" : "",
        Map.of());
  }

  @Override
  public CompletionStage<Void> compact() {
    return CompletableFuture.completedFuture(null);
  }
}
