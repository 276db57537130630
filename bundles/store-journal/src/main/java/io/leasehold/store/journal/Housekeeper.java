// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import io.leasehold.lease.StoreUnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a segment ready and writes checkpoints, so that commits wait for neither. One thread calls
 * {@link #round}; a lock, because that thread has to sleep until there is work.
 */
public final class Housekeeper {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeper.class);

  /**
   * A journal that many times larger than its checkpoint grows faster than it is compacted: then
   * commits have to wait.
   */
  private static final long HURRY = 4;

  private static final long RETRY_NANOS = 10_000_000_000L;

  private final JournalState state;
  private final JournalTools tools;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private List<CompletableFuture<Void>> wanted = new ArrayList<>();
  private boolean woken;
  private boolean failed;
  private long retryAt;

  Housekeeper(JournalState state, JournalTools tools) {
    this.state = state;
    this.tools = tools;
  }

  /** Makes {@link #round} look at once. */
  void wake() {
    compact(List.of());
  }

  /** Everything written so far is to be compacted. */
  void compact(List<CompletableFuture<Void>> done) {
    lock.lock();
    try {
      wanted.addAll(done);
      woken = true;
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for work, at most as long as said, and does it.
   *
   * @return false when the store is closed and nothing will come
   */
  public boolean round(long maxWaitNanos) {
    List<CompletableFuture<Void>> asked = await(maxWaitNanos);
    if (state.isClosed()) {
      fail(asked, new StoreUnavailableException("the store is closed"));
      return false;
    }
    state.files.lock();
    try {
      Journal journal = state.journal();
      if (journal == null) {
        fail(asked, new StoreUnavailableException(state.cause()));
      } else {
        prepare(journal);
        compact(journal, asked);
      }
    } catch (RuntimeException | Error e) {
      LOG.error("lease journal: internal failure", e);
      state.compactTrouble("cannot write a checkpoint: internal failure: " + e);
      fail(asked, new IOException(e));
      failed = true;
      retryAt = tools.nanoTime().getAsLong() + RETRY_NANOS;
    } finally {
      state.files.unlock();
    }
    return true;
  }

  private List<CompletableFuture<Void>> await(long maxWaitNanos) {
    lock.lock();
    try {
      long left = maxWaitNanos;
      while (!woken && left > 0) {
        left = work.awaitNanos(left);
      }
      woken = false;
      List<CompletableFuture<Void>> taken = wanted;
      wanted = new ArrayList<>();
      return taken;
    } catch (InterruptedException e) {
      throw new IllegalStateException("the housekeeping thread must not be interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  private void prepare(Journal journal) {
    try {
      if (journal.wantsSegment()) {
        journal.prepareAhead(tools.pace());
      }
      state.prepareTrouble("");
    } catch (NoRoomException e) {
      state.prepareTrouble(state.explain("cannot prepare the next segment", e));
    }
  }

  private void compact(Journal journal, List<CompletableFuture<Void>> asked) {
    boolean due =
        journal.wantsCompaction() && (!failed || tools.nanoTime().getAsLong() - retryAt >= 0);
    if (!due && asked.isEmpty()) {
      return;
    }
    try {
      journal.compact(octets -> pace(journal, octets));
      state.compactions.increment();
      state.compactTrouble("");
      failed = false;
      for (CompletableFuture<Void> done : asked) {
        done.complete(null);
      }
    } catch (IOException e) {
      fail(asked, e);
      if (state.journal() == journal && !state.isClosed()) {
        failed = true;
        retryAt = tools.nanoTime().getAsLong() + RETRY_NANOS;
        String trouble = state.explain("cannot write a checkpoint", e);
        state.compactTrouble(trouble);
        LOG.warn("lease journal: {}; the journal grows until one is written", trouble);
      }
    }
  }

  private void pace(Journal journal, int octets) throws IOException {
    if (state.journal() != journal || state.isClosed()) {
      throw new IOException("the store has closed these files");
    }
    prepare(journal);
    if (journal.journalPerTable() < HURRY) {
      tools.pace().wrote(octets);
    }
  }

  private static void fail(List<CompletableFuture<Void>> asked, IOException why) {
    for (CompletableFuture<Void> done : asked) {
      done.completeExceptionally(why);
    }
  }
}
