// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.Batch;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Bytes;
import io.leasehold.store.journal.JournalSettings;
import io.leasehold.testkit.Await;
import io.leasehold.testkit.LeaseSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was deleted is in no file any more, not only superseded. */
class DeletionTest {
  private static final Bytes NAME = Bytes.ofUtf8("alices-laptop-4711");
  private static final Bytes REMOTE = Bytes.ofUtf8("house-12-flat-3-4711");

  @TempDir Path directory;

  private boolean isInFiles(Bytes octets) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Bytes.wrap(Files.readAllBytes(file)).toHex().contains(octets.toHex())) {
          return true;
        }
      }
    }
    return false;
  }

  private static void append(RunningJournal journal, LeaseChange change) throws Exception {
    journal.store().append(Batch.of(List.of(change))).toCompletableFuture().get();
  }

  private static void compact(RunningJournal journal) throws Exception {
    journal.store().compact().toCompletableFuture().get();
  }

  @Test
  void whatEndedIsGoneWhenTheStoreIsWrittenAnew() throws Exception {
    try (RunningJournal journal =
        new RunningJournal(new FileMedium(directory), JournalSettings.DEFAULT, 1000)) {
      Await.until(Duration.ofSeconds(10), () -> journal.store().status().takesChanges());
      Lease sample = LeaseSamples.lease(1, 0);
      Lease bound =
          new Lease(
              sample.key(),
              sample.subnetId(),
              sample.client(),
              sample.iaid(),
              LeaseState.ACTIVE,
              sample.times(),
              LeaseDetails.NONE
                  .with(LeaseDetails.HOSTNAME, NAME)
                  .with(LeaseDetails.REMOTE_ID, REMOTE));
      append(journal, LeaseChange.put(bound));
      compact(journal);
      append(journal, LeaseChange.put(bound));
      assertThat(isInFiles(NAME)).isTrue();

      append(journal, LeaseChange.put(bound.ended(LeaseState.RELEASED, sample.times())));
      assertThat(isInFiles(REMOTE)).as("superseded is not gone").isTrue();
      compact(journal);

      assertThat(isInFiles(NAME)).isFalse();
      assertThat(isInFiles(REMOTE)).isFalse();
      assertThat(isInFiles(sample.client().value())).as("who had it is remembered").isTrue();

      append(journal, LeaseChange.remove(sample.key()));
      compact(journal);
      assertThat(isInFiles(sample.client().value())).isFalse();
    }
  }
}
