// SPDX-License-Identifier: Apache-2.0
package io.leasehold.jmh;

import io.leasehold.lease.Batch;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Ipv6;
import io.leasehold.store.journal.JournalSettings;
import io.leasehold.store.journal.JournalSettings.Sync;
import io.leasehold.store.journal.osgi.FileMedium;
import io.leasehold.store.journal.osgi.RunningJournal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes a store of many leases for the lab: {@code Fill DIRECTORY COUNT}. They are those of
 * itests/lab/kea_leases.py, so that both servers start with the same.
 */
public final class Fill {
  private static final int BATCH = 512;
  private static final int WAITING = 64;
  private static final int CHECKPOINT_MIB_PER_SECOND = 4000;
  private static final long SECONDS = 50_000;
  private static final long PREFERRED_SECONDS = 40_000;
  private static final long PREFIX = Ipv6.ofText("2001:db8:a::").high();

  private Fill() {}

  /** Fills and checkpoints the store. */
  public static void main(String... arguments) throws InterruptedException {
    JournalSettings usual = JournalSettings.DEFAULT;
    JournalSettings settings =
        new JournalSettings(
            Sync.NONE,
            usual.intervalMillis(),
            usual.segmentOctets(),
            usual.queueBatches(),
            usual.queueOctets());
    try (RunningJournal journal =
        new RunningJournal(
            new FileMedium(Path.of(arguments[0])), settings, CHECKPOINT_MIB_PER_SECOND)) {
      while (!journal.store().status().takesChanges()) {
        LockSupport.parkNanos(1_000_000);
      }
      fill(journal, Integer.parseInt(arguments[1]));
      journal.store().compact().toCompletableFuture().join();
    }
  }

  private static void fill(RunningJournal journal, int count) throws InterruptedException {
    Semaphore room = new Semaphore(WAITING);
    long now = Instant.now().getEpochSecond();
    for (int first = 0; first < count; first += BATCH) {
      List<LeaseChange> changes = new ArrayList<>(BATCH);
      for (int i = first; i < Math.min(count, first + BATCH); i++) {
        changes.add(LeaseChange.put(lease(i, now)));
      }
      room.acquire();
      journal.store().append(Batch.of(changes)).whenComplete((done, failure) -> end(room, failure));
    }
    room.acquire(WAITING);
  }

  private static void end(Semaphore room, Throwable failure) {
    if (failure != null) {
      System.err.println(failure);
      System.exit(1);
    }
    room.release();
  }

  /** The lease of client {@code n}. */
  private static Lease lease(int n, long now) {
    Duid client =
        new Duid(Bytes.of(0, 3, 0, 1, 2, 0xaa, n >>> 24, n >> 16 & 255, n >> 8 & 255, n & 255));
    LeaseTimes times = new LeaseTimes(now, now, now + PREFERRED_SECONDS, now + SECONDS);
    return new Lease(
        LeaseKey.address(new Ipv6(PREFIX, 1L + n)),
        1,
        ClientIdentity.of(client),
        1,
        LeaseState.ACTIVE,
        times,
        LeaseDetails.NONE);
  }
}
