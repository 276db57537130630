// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import io.leasehold.lease.Batch;
import io.leasehold.lease.LeaseFormatException;
import io.leasehold.lease.LeaseSink;
import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.NoteChange;
import io.leasehold.lease.Position;
import io.leasehold.lease.Replay;
import io.leasehold.lease.StoreStatus;
import io.leasehold.lease.StoreUnavailableException;
import io.leasehold.net.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The journal as a lease store. It has no threads of its own: one thread must call {@link
 * StoreLoop#round} again and again, and another {@link Housekeeper#round}.
 */
public final class JournalLeaseStore implements LeaseStore {
  private final JournalSettings settings;
  private final JournalState state;
  private final AppendQueue queue;
  private final Workers workers;
  private final StoreLoop loop;
  private final Housekeeper housekeeper;

  /** Makes a store that is not open yet; {@link StoreLoop} opens it. */
  public JournalLeaseStore(Medium medium, JournalSettings settings, JournalTools tools) {
    this.settings = settings;
    this.workers = tools.workers();
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
    Journal journal = state.journal();
    if (journal == null || !state.takesChanges()) {
      throw new StoreUnavailableException(state.cause());
    }
    JournalFiles files = journal.files();
    files.retain();
    try {
      JournalFiles.View view = files.view();
      long changes = new Replayer(journal.disk(), view, into, workers).run();
      return new Replay(
          new Position(view.tail().header().store(), view.lastSequence()),
          changes,
          journal.repairs());
    } catch (DamageException | LeaseFormatException e) {
      throw new StoreUnavailableException(e.getMessage(), e);
    } finally {
      files.release();
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
