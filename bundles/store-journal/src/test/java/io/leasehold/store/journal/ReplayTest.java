// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import static io.leasehold.testkit.StoreContent.commit;
import static io.leasehold.testkit.StoreContent.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseSink;
import io.leasehold.lease.LeaseStore;
import io.leasehold.store.journal.osgi.RunningJournal;
import io.leasehold.testkit.Await;
import io.leasehold.testkit.LeaseSamples;
import io.leasehold.testkit.StoreContent;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ReplayTest {
  @Test
  void aCompactionTakesNoFileFromUnderAReplay() throws Exception {
    SimMedium medium = new SimMedium(1);
    // So large that nothing is compacted unasked.
    JournalSettings settings =
        new JournalSettings(JournalSettings.Sync.GROUP, 100, 1 << 20, 1000, 1 << 20);
    try (RunningJournal journal = new RunningJournal(medium, settings, 1000)) {
      LeaseStore store = journal.store();
      StoreContent.awaitOpen(store);
      for (int i = 0; i < 50; i++) {
        commit(store, LeaseChange.put(LeaseSamples.lease(i, 0)));
      }
      get(store.compact().toCompletableFuture());
      for (int i = 25; i < 75; i++) {
        commit(store, LeaseChange.put(LeaseSamples.lease(i, 1)));
      }
      Map<LeaseKey, Lease> found = new ConcurrentHashMap<>();
      AtomicReference<CompletableFuture<Void>> compaction = new AtomicReference<>();
      LeaseSink sink =
          new LeaseSink() {
            @Override
            public void put(Lease lease) {
              found.put(lease.key(), lease);
              if (compaction.compareAndSet(null, new CompletableFuture<>())) {
                compaction.set(compactMeanwhile(store, medium));
              }
            }

            @Override
            public void remove(LeaseKey key) {
              found.remove(key);
            }
          };
      store.replay(sink);
      assertThat(found).hasSize(75);
      assertThat(found.get(LeaseSamples.key(30))).isEqualTo(LeaseSamples.lease(30, 1));
      get(compaction.get());
      assertThat(medium.files()).filteredOn(name -> !name.endsWith(".tmp")).hasSize(2);
    }
  }

  @Test
  @Timeout(30)
  void aStoreIsClosedWhileAReplayHoldsACompactionUp() throws Exception {
    SimMedium medium = new SimMedium(2);
    JournalSettings settings =
        new JournalSettings(JournalSettings.Sync.GROUP, 100, 1 << 20, 1000, 1 << 20);
    RunningJournal journal = new RunningJournal(medium, settings, 1000);
    StoreContent.awaitOpen(journal.store());
    for (int i = 0; i < 50; i++) {
      commit(journal.store(), LeaseChange.put(LeaseSamples.lease(i, 0)));
    }
    AtomicReference<CompletableFuture<Void>> compaction = new AtomicReference<>();
    LeaseSink sink =
        new LeaseSink() {
          @Override
          public void put(Lease lease) {
            if (compaction.compareAndSet(null, new CompletableFuture<>())) {
              compaction.set(compactMeanwhile(journal.store(), medium));
              journal.close();
              assertThat(Thread.getAllStackTraces().keySet())
                  .noneMatch(thread -> thread.getName().equals("leasehold-store-journal-2"));
              throw new IllegalStateException("the replay ends here");
            }
          }

          @Override
          public void remove(LeaseKey key) {}
        };
    assertThatThrownBy(() -> journal.store().replay(sink))
        .hasMessageContaining("the replay ends here");
    try (RunningJournal next = new RunningJournal(medium, settings, 1000)) {
      StoreContent.awaitOpen(next.store());
      assertThat(StoreContent.of(next.store()).leases()).hasSize(50);
      assertThat(medium.files()).filteredOn(name -> !name.endsWith(".tmp")).hasSize(2);
    }
  }

  /** Returns when the new checkpoint is there; what it replaces must still be there too. */
  private static CompletableFuture<Void> compactMeanwhile(LeaseStore store, SimMedium medium) {
    long before = medium.files().stream().filter(FileHeader.Kind.TABLE::names).count();
    CompletableFuture<Void> done = store.compact().toCompletableFuture();
    Await.until(
        Duration.ofSeconds(10),
        () ->
            medium.files().stream().filter(FileHeader.Kind.TABLE::names).count() > before
                || done.isDone());
    assertThat(done).isNotDone();
    return done;
  }
}
