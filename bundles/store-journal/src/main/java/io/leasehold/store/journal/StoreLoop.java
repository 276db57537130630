// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import io.leasehold.lease.NoteChange;
import io.leasehold.lease.Position;
import io.leasehold.lease.StoreUnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the journal, commits what waits in groups, and opens it anew after a failure. All of it
 * happens on the one thread that calls {@link #round}, on which stages complete as well.
 */
public final class StoreLoop {
  private static final Logger LOG = LoggerFactory.getLogger(StoreLoop.class);
  private static final long RETRY_NANOS = 1_000_000_000L;
  private static final long LONGEST_RETRY_NANOS = 60 * RETRY_NANOS;

  private final JournalState state;
  private final AppendQueue queue;
  private final Housekeeper housekeeper;
  private final JournalTools tools;
  private final Object requests = new Object();
  private List<CompletableFuture<Void>> compactions = new ArrayList<>();
  private volatile boolean closing;
  private boolean distrust;
  private long retryNanos = RETRY_NANOS;
  private long retryAt;
  private long syncAt;
  private String reported = "";

  StoreLoop(JournalState state, AppendQueue queue, Housekeeper housekeeper, JournalTools tools) {
    this.state = state;
    this.queue = queue;
    this.housekeeper = housekeeper;
    this.tools = tools;
    this.retryAt = tools.nanoTime().getAsLong();
  }

  /** Asks for a new segment, and for a compaction of those before it. */
  void compact(CompletableFuture<Void> done) {
    synchronized (requests) {
      compactions.add(done);
    }
    queue.wake();
  }

  /** Asks for the end; {@link #round} returns false once files and lock are free. */
  public void close() {
    closing = true;
    queue.wake();
  }

  /**
   * Waits for work, at most as long as said, and does it.
   *
   * @return false when the store is closed
   */
  public boolean round(long maxWaitNanos) {
    if (closing) {
      finish();
      return false;
    }
    try {
      if (state.takesChanges()) {
        work(maxWaitNanos);
      } else {
        recover(maxWaitNanos);
      }
    } catch (RuntimeException | Error e) {
      LOG.error("lease journal: internal failure", e);
      stop("internal failure: " + e, true, List.of());
    }
    return true;
  }

  private void work(long maxWaitNanos) {
    List<Waiting> group = queue.take(state.settings().groupOctets(), untilSync(maxWaitNanos));
    if (!group.isEmpty()) {
      commit(group);
    }
    if (state.takesChanges()) {
      try {
        syncIfDue();
        rollIfAsked();
      } catch (NoRoomException e) {
        stop(state.explain("no room for further leases", e), false, List.of());
      } catch (IOException e) {
        stop(state.explain("cannot write", e), true, List.of());
      }
    }
  }

  private void commit(List<Waiting> group) {
    Journal journal = state.journal();
    long first;
    try {
      long start = tools.nanoTime().getAsLong();
      boolean wanted = journal.wantsSegment();
      first = journal.write(group);
      state.synced(tools.nanoTime().getAsLong() - start);
      if (wanted != journal.wantsSegment()) {
        // Either it is time to prepare the next segment, or one was sealed.
        housekeeper.wake();
      }
    } catch (NoRoomException e) {
      stop(state.explain("no room for further leases", e), false, group);
      return;
    } catch (IOException e) {
      stop(state.explain("cannot write", e), true, group);
      return;
    } catch (RuntimeException | Error e) {
      LOG.error("lease journal: internal failure", e);
      stop("internal failure: " + e, true, group);
      return;
    }
    acknowledge(journal.store(), first, group);
  }

  private void acknowledge(UUID store, long first, List<Waiting> group) {
    for (Waiting batch : group) {
      for (NoteChange note : batch.notes()) {
        JournalLeaseStore.remember(state, note);
      }
    }
    long sequence = first;
    long octets = 0;
    for (Waiting batch : group) {
      batch.done().complete(new Position(store, sequence++));
      octets += batch.records().limit();
    }
    state.batches.add(group.size());
    state.octets.add(octets);
    queue.finish(group.size());
  }

  private long untilSync(long maxWaitNanos) {
    if (state.settings().sync() != JournalSettings.Sync.INTERVAL || state.journal().isSynced()) {
      return maxWaitNanos;
    }
    return Math.min(maxWaitNanos, Math.max(syncAt - tools.nanoTime().getAsLong(), 0));
  }

  private void syncIfDue() throws IOException {
    if (state.settings().sync() != JournalSettings.Sync.INTERVAL) {
      return;
    }
    long now = tools.nanoTime().getAsLong();
    if (now - syncAt >= 0) {
      state.journal().sync();
      syncAt = now + state.settings().intervalMillis() * 1_000_000L;
    }
  }

  private void rollIfAsked() throws IOException {
    List<CompletableFuture<Void>> asked;
    synchronized (requests) {
      if (compactions.isEmpty()) {
        return;
      }
      asked = compactions;
      compactions = new ArrayList<>();
    }
    try {
      if (!state.journal().isRolled()) {
        state.journal().roll();
      }
    } catch (IOException e) {
      asked.forEach(done -> done.completeExceptionally(e));
      throw e;
    }
    housekeeper.compact(asked);
  }

  /**
   * Takes no more changes and fails those that wait.
   *
   * @param inDoubt whether the state of the files is unknown
   */
  private void stop(String why, boolean inDoubt, List<Waiting> group) {
    LOG.error("lease journal: {}: leases cannot be committed", why);
    reported = why;
    state.failures.increment();
    distrust |= inDoubt;
    retryNanos = RETRY_NANOS;
    retryAt = tools.nanoTime().getAsLong() + retryNanos;
    StoreUnavailableException refusal = new StoreUnavailableException(why);
    List<Waiting> failed = new ArrayList<>(group);
    state.stopped(why);
    failed.addAll(queue.refuse(refusal));
    if (inDoubt) {
      leave();
    }
    for (Waiting batch : failed) {
      batch.done().completeExceptionally(refusal);
    }
    queue.finish(failed.size());
  }

  /** Lets go of the files, as they are. */
  private void leave() {
    Journal left = state.journal();
    state.abandoned();
    if (left == null) {
      return;
    }
    left.abort();
    state.files.lock();
    try {
      left.release();
    } catch (IOException e) {
      LOG.warn(
          "lease journal: files in {} did not close: {}", state.medium().place(), e.toString());
    } finally {
      state.files.unlock();
    }
  }

  private void recover(long maxWaitNanos) {
    long wait = retryAt - tools.nanoTime().getAsLong();
    if (wait > 0) {
      queue.take(0, Math.min(wait, maxWaitNanos));
      return;
    }
    try {
      if (state.journal() == null) {
        Journal opened = open();
        // First, because whoever sees the store open may append.
        queue.accept();
        state.opened(opened);
        distrust = false;
      } else {
        state.journal().prepare();
        queue.accept();
        state.resumed();
      }
      retryNanos = RETRY_NANOS;
      housekeeper.wake();
      LOG.info("lease journal: open in {}", state.medium().place());
      state.journal().repairs().forEach(repair -> LOG.warn("lease journal: repaired: {}", repair));
    } catch (IOException e) {
      postpone(e);
    }
  }

  private Journal open() throws IOException {
    state.files.lock();
    Disk disk = null;
    Journal journal = null;
    try {
      disk = state.medium().open();
      journal = new Recovery(disk, state.settings(), tools).open(distrust);
      return journal;
    } finally {
      state.files.unlock();
      if (journal == null && disk != null) {
        disk.close();
      }
    }
  }

  private void postpone(IOException e) {
    String why =
        e instanceof DamageException ? e.getMessage() : state.explain("cannot open the store", e);
    retryNanos =
        e instanceof DamageException ? Math.min(retryNanos * 2, LONGEST_RETRY_NANOS) : RETRY_NANOS;
    retryAt = tools.nanoTime().getAsLong() + retryNanos;
    if (!why.equals(reported)) {
      LOG.error("lease journal: {}", why);
      reported = why;
    }
    state.stopped(why);
    queue.refuse(new StoreUnavailableException(why, e));
  }

  private void finish() {
    StoreUnavailableException refusal = new StoreUnavailableException("the store is closed");
    queue.refuseNew(refusal);
    if (state.takesChanges()) {
      List<Waiting> group = queue.take(state.settings().groupOctets(), 0);
      while (!group.isEmpty() && state.takesChanges()) {
        commit(group);
        group = queue.take(state.settings().groupOctets(), 0);
      }
    }
    Journal journal = state.journal();
    state.closed();
    housekeeper.wake();
    try {
      if (journal != null && state.takesChanges()) {
        journal.finish();
      }
    } catch (IOException e) {
      LOG.warn("lease journal: not closed in good order: {}", e.toString());
    }
    state.stopped("the store is closed");
    leave();
    synchronized (requests) {
      compactions.forEach(done -> done.completeExceptionally(refusal));
    }
  }
}
