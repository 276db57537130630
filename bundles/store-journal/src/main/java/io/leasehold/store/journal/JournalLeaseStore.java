// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import io.leasehold.lease.Batch;
import io.leasehold.lease.LeaseFormatException;
import io.leasehold.lease.LeaseSink;
import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.NoteChange;
import io.leasehold.lease.Position;
import io.leasehold.lease.Replay;
import io.leasehold.lease.Snapshot;
import io.leasehold.lease.Snapshots;
import io.leasehold.lease.StoreCheck;
import io.leasehold.lease.StoreMaintenance;
import io.leasehold.lease.StoreRepair;
import io.leasehold.lease.StoreStatus;
import io.leasehold.lease.StoreUnavailableException;
import io.leasehold.net.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The journal as a lease store. It has no threads of its own: one thread must call {@link
 * StoreLoop#round} again and again, and another {@link Housekeeper#round}.
 */
public final class JournalLeaseStore implements LeaseStore, Snapshots, StoreMaintenance {
  private final JournalSettings settings;
  private final JournalState state;
  private final AppendQueue queue;
  private final JournalTools tools;
  private final AtomicLong snapshots = new AtomicLong();
  private final StoreLoop loop;
  private final Housekeeper housekeeper;

  /** Makes a store that is not open yet; {@link StoreLoop} opens it. */
  public JournalLeaseStore(Medium medium, JournalSettings settings, JournalTools tools) {
    this.settings = settings;
    this.tools = tools;
    this.state = new JournalState(medium, settings);
    this.queue = new AppendQueue(settings.queueBatches(), settings.queueOctets());
    this.housekeeper = new Housekeeper(state, tools);
    this.loop = new StoreLoop(state, queue, housekeeper, tools);
  }

  /** What the store thread runs. */
  public StoreLoop loop() {
    return loop;
  }

  /** What the housekeeping thread runs. */
  public Housekeeper housekeeper() {
    return housekeeper;
  }

  /** Whether it has been tried to open the store: then the status says what came of it. */
  public boolean isSettled() {
    return state.isSettled();
  }

  @Override
  public String name() {
    return "journal";
  }

  @Override
  public CompletionStage<Position> append(Batch batch) {
    ByteBuffer records = RecordFormat.encode(batch);
    if (records.remaining() > settings.frameRoom()) {
      return CompletableFuture.failedFuture(
          new StoreUnavailableException(
              "a batch of "
                  + records.remaining()
                  + " octets does not fit into a segment; raise segment.mib"));
    }
    CompletableFuture<Position> done = new CompletableFuture<>();
    StoreUnavailableException refusal =
        queue.offer(new Waiting(records, RecordFormat.count(batch), batch.notes(), done));
    if (refusal != null) {
      done.completeExceptionally(refusal);
    }
    return done;
  }

  @Override
  public Replay replay(LeaseSink into) throws IOException {
    awaitEarlierAppends();
    return reading(
        (journal, view) -> {
          long changes = new Replayer(journal.disk(), view, into, tools.workers()).run();
          return new Replay(
              new Position(view.tail().header().store(), view.lastSequence()),
              changes,
              journal.repairs());
        });
  }

  /** Reads files, which are kept meanwhile. */
  private interface Reading<T> {
    T read(Journal journal, JournalFiles.View view) throws IOException;
  }

  private <T> T reading(Reading<T> reading) throws IOException {
    Journal journal = state.journal();
    if (journal == null || !state.takesChanges()) {
      throw new StoreUnavailableException(state.cause());
    }
    JournalFiles files = journal.files();
    files.retain();
    try {
      return reading.read(journal, files.view());
    } catch (DamageException | LeaseFormatException e) {
      throw new StoreUnavailableException(e.getMessage(), e);
    } finally {
      files.release();
    }
  }

  @Override
  public <A> Optional<A> ability(Class<A> wanted) {
    return wanted == Snapshots.class || wanted == StoreMaintenance.class
        ? Optional.of(wanted.cast(this))
        : Optional.empty();
  }

  @Override
  public Snapshot snapshot() throws IOException {
    String prefix = "snapshot-" + snapshots.incrementAndGet() + "-";
    return reading(
        (journal, view) -> JournalSnapshot.of(journal.disk(), view, tools.pace(), prefix));
  }

  @Override
  public StoreCheck check() throws IOException {
    Journal journal = state.journal();
    if (journal == null) {
      return whileStopped(disk -> new StoreChecker(disk, tools.workers()).ofAll());
    }
    JournalFiles files = journal.files();
    files.retain();
    try {
      return new StoreChecker(journal.disk(), tools.workers()).of(files.view());
    } finally {
      files.release();
    }
  }

  @Override
  public StoreRepair repair(boolean really) throws IOException {
    if (state.takesChanges()) {
      throw new IOException("the store is open: there is nothing to repair");
    }
    return whileStopped(
        disk -> {
          StoreCheck check = new StoreChecker(disk, tools.workers()).ofAll();
          return new Salvage(disk, tools.identities().get(), check.damages()).run(really);
        });
  }

  /** Works on the files of a store that is stopped. */
  private interface Work<T> {
    T on(Disk disk) throws IOException;
  }

  private <T> T whileStopped(Work<T> work) throws IOException {
    state.files.lock();
    try {
      if (state.journal() != null) {
        throw new StoreUnavailableException(state.cause());
      }
      try (Disk disk = state.medium().open()) {
        return work.on(disk);
      }
    } finally {
      state.files.unlock();
    }
  }

  private void awaitEarlierAppends() throws IOException {
    try {
      queue.awaitFinished();
    } catch (InterruptedException e) {
      throw new IOException("interrupted while waiting for earlier appends", e);
    }
  }

  @Override
  public Optional<Bytes> readNote(String name) {
    return Optional.ofNullable(state.notes().get(name));
  }

  @Override
  public StoreStatus status() {
    return state.status(queue);
  }

  @Override
  public CompletionStage<Void> compact() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (state.takesChanges()) {
      loop.compact(done);
    } else {
      done.completeExceptionally(new StoreUnavailableException(state.cause()));
    }
    return done;
  }

  /** Remembers what a batch says about notes. */
  static void remember(JournalState state, NoteChange note) {
    if (note.value().isEmpty()) {
      state.notes().remove(note.name());
    } else {
      state.notes().put(note.name(), note.value());
    }
  }
}
