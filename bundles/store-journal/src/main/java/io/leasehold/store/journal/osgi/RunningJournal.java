// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal.osgi;

import io.leasehold.store.journal.JournalLeaseStore;
import io.leasehold.store.journal.JournalSettings;
import io.leasehold.store.journal.JournalTools;
import io.leasehold.store.journal.Medium;
import io.leasehold.store.journal.Pace;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A journal with its two threads. */
public final class RunningJournal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningJournal.class);
  private static final long ROUND_NANOS = 1_000_000_000L;
  private static final long CLOSE_MILLIS = 10_000;

  private final JournalLeaseStore store;
  private final Thread commits;
  private final Thread housekeeping;

  /**
   * Starts the threads; the store opens soon after.
   *
   * @param checkpointMibPerSecond how fast checkpoints are written at most
   */
  public RunningJournal(Medium medium, JournalSettings settings, int checkpointMibPerSecond) {
    store = new JournalLeaseStore(medium, settings, tools(new Restraint(checkpointMibPerSecond)));
    commits = thread(1, () -> store.loop().round(ROUND_NANOS));
    housekeeping = thread(2, () -> store.housekeeper().round(ROUND_NANOS));
    commits.start();
    housekeeping.start();
  }

  /** A store that nobody opens: its files can be checked and repaired. */
  static JournalLeaseStore stopped(Medium medium, JournalSettings settings) {
    return new JournalLeaseStore(medium, settings, tools(Pace.AT_ONCE));
  }

  private static JournalTools tools(Pace pace) {
    return new JournalTools(
        UUID::randomUUID,
        System::nanoTime,
        new ThreadWorkers(Runtime.getRuntime().availableProcessors()),
        pace);
  }

  /** The store; it says by itself when it is open. */
  public JournalLeaseStore store() {
    return store;
  }

  private static Thread thread(int number, BooleanSupplier round) {
    Runnable rounds =
        () -> {
          boolean more = true;
          while (more) {
            more = round.getAsBoolean();
          }
        };
    Thread thread = new Thread(rounds, "leasehold-store-journal-" + number);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(
        (dead, e) -> LOG.error("lease journal: thread {} ended", dead.getName(), e));
    return thread;
  }

  /** Commits what waits, and returns when threads, files and lock are free. */
  @Override
  public void close() {
    store.loop().close();
    join(commits);
    join(housekeeping);
  }

  private static void join(Thread thread) {
    try {
      thread.join(CLOSE_MILLIS);
      if (thread.isAlive()) {
        LOG.error(
            "lease journal: thread {} did not end within {} ms", thread.getName(), CLOSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
