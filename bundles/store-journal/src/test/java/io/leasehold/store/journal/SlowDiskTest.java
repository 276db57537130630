// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import static io.leasehold.testkit.StoreContent.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.Batch;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.Position;
import io.leasehold.store.journal.osgi.RunningJournal;
import io.leasehold.testkit.Await;
import io.leasehold.testkit.LeaseSamples;
import io.leasehold.testkit.StoreContent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A disk that stalls: nothing is acknowledged early, nothing grows, and all goes on afterwards. */
@Timeout(120)
class SlowDiskTest {
  private static final int QUEUE = 200;
  private static final JournalSettings SETTINGS =
      new JournalSettings(JournalSettings.Sync.GROUP, 100, 256 << 10, QUEUE, 1 << 20);

  private final SimMedium medium = new SimMedium(11);
  private final Map<LeaseKey, Lease> acknowledged = new HashMap<>();
  private long number;

  /** One that was appended, and the lease in it. */
  private record Append(Lease lease, CompletableFuture<Position> done) {}

  private Append append(RunningJournal journal) {
    Lease lease = LeaseSamples.lease(number % 500, number++);
    return new Append(
        lease,
        journal.store().append(Batch.of(List.of(LeaseChange.put(lease)))).toCompletableFuture());
  }

  private List<Append> stall(RunningJournal journal) {
    medium.withholdSyncs(true);
    List<Append> taken = new ArrayList<>();
    Append last = append(journal);
    while (!last.done().isCompletedExceptionally()) {
      taken.add(last);
      last = append(journal);
    }
    Await.until(Duration.ofSeconds(30), () -> medium.withheldSyncs() > 0);
    assertThat(taken).noneMatch(one -> one.done().isDone());
    // What waits in the queue, and what was taken out before the disk stalled.
    assertThat(taken.size()).isBetween(QUEUE, 2 * QUEUE + 2);
    return taken;
  }

  private void resume(List<Append> taken) throws Exception {
    medium.withholdSyncs(false);
    for (Append one : taken) {
      get(one.done());
      acknowledged.put(one.lease().key(), one.lease());
    }
  }

  @Test
  void stallsAreSatOut() throws Exception {
    try (RunningJournal journal = new RunningJournal(medium, SETTINGS, 1000)) {
      StoreContent.awaitOpen(journal.store());
      for (int round = 1; round <= 20; round++) {
        resume(stall(journal));
        assertThat(journal.store().status().facts().get("queue-refused"))
            .isEqualTo(Integer.toString(round));
        assertThat(journal.store().status().takesChanges()).isTrue();
        if (round % 5 == 0) {
          get(journal.store().compact().toCompletableFuture());
        }
      }
      assertThat(StoreContent.of(journal.store()).leases()).isEqualTo(acknowledged);
    }
  }

  @Test
  void aMachineThatIsSwitchedOffDuringAStallHasWhatWasAcknowledged() throws Exception {
    for (int round = 0; round < 10; round++) {
      List<Append> taken;
      RunningJournal journal = new RunningJournal(medium, SETTINGS, 1000);
      StoreContent.awaitOpen(journal.store());
      assertThat(StoreContent.of(journal.store()).leases()).containsAllEntriesOf(acknowledged);
      acknowledged.clear();
      acknowledged.putAll(StoreContent.of(journal.store()).leases());
      resume(stall(journal));
      taken = stall(journal);
      medium.crash(SimFile.Loss.TORN_PAGES);
      medium.withholdSyncs(false);
      journal.close();
      assertThat(taken).allMatch(one -> one.done().isDone());
      // A later version of a lease may have reached the disk although nobody was told.
      taken.forEach(one -> acknowledged.remove(one.lease().key()));
    }
  }
}
