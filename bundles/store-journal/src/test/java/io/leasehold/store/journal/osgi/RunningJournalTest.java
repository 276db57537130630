// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.Batch;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.NoteChange;
import io.leasehold.lease.Replay;
import io.leasehold.lease.StoreStatus.Condition;
import io.leasehold.net.Bytes;
import io.leasehold.store.journal.JournalSettings;
import io.leasehold.testkit.Await;
import io.leasehold.testkit.LeaseSamples;
import io.leasehold.testkit.StoreContent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningJournalTest {
  @TempDir Path directory;

  private RunningJournal start() {
    RunningJournal journal =
        new RunningJournal(
            new FileMedium(directory.resolve("leases")), JournalSettings.DEFAULT, 1000);
    Await.until(Duration.ofSeconds(10), () -> journal.store().status().takesChanges());
    return journal;
  }

  @Test
  void leasesAndNotesSurviveACloseOnRealFiles() throws Exception {
    try (RunningJournal journal = start()) {
      for (int i = 0; i < 100; i++) {
        LeaseChange change = LeaseChange.put(LeaseSamples.lease(i, 0));
        journal.store().append(Batch.of(List.of(change))).toCompletableFuture().get();
      }
      Batch last =
          new Batch(
              List.of(LeaseChange.remove(LeaseSamples.key(5))),
              List.of(new NoteChange("duid", Bytes.of(1, 2, 3))));
      journal.store().append(last).toCompletableFuture().get();
      journal.store().compact().toCompletableFuture().get();
      journal
          .store()
          .append(Batch.of(List.of(LeaseChange.put(LeaseSamples.lease(7, 9)))))
          .toCompletableFuture()
          .get();
    }
    try (RunningJournal journal = start()) {
      StoreContent content = StoreContent.of(journal.store());
      Map<LeaseKey, Lease> found = content.leases();
      Replay replay = content.replay();
      assertThat(found).hasSize(99).doesNotContainKey(LeaseSamples.key(5));
      assertThat(found.get(LeaseSamples.key(7))).isEqualTo(LeaseSamples.lease(7, 9));
      assertThat(replay.changes()).isEqualTo(100);
      assertThat(replay.position().sequence()).isEqualTo(102);
      assertThat(replay.repairs()).isEmpty();
      assertThat(journal.store().readNote("duid")).contains(Bytes.of(1, 2, 3));
      assertThat(journal.store().status().condition()).isEqualTo(Condition.OPEN);
    }
  }

  @Test
  void onlyTheOwnerCanReadTheFiles() throws Exception {
    try (RunningJournal journal = start()) {
      journal.store().append(Batch.of(List.of())).toCompletableFuture().get();
      Path leases = directory.resolve("leases");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(leases)))
          .isEqualTo("rwx------");
      try (Stream<Path> files = Files.list(leases)) {
        assertThat(files)
            .isNotEmpty()
            .allSatisfy(
                file ->
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------"));
      }
    }
  }

  @Test
  void threadsAndLockAreFreeAfterClose() {
    start().close();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("leasehold-store-journal"));
    start().close();
  }
}
