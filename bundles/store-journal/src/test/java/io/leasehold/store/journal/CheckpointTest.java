// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import static io.leasehold.testkit.StoreContent.commit;
import static io.leasehold.testkit.StoreContent.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.Batch;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseStore;
import io.leasehold.testkit.LeaseSamples;
import io.leasehold.testkit.StoreContent;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checkpoints while clients are served. */
@Timeout(60)
class CheckpointTest {
  private static final int SEGMENT = 256 << 10;
  private static final JournalSettings SETTINGS =
      new JournalSettings(JournalSettings.Sync.GROUP, 100, SEGMENT, 1000, 1 << 20);

  private final SimMedium medium = new SimMedium(3);
  private final CountDownLatch writing = new CountDownLatch(1);
  private final CountDownLatch stalled = new CountDownLatch(1);
  private final AtomicLong paced = new AtomicLong();

  /** Holds the checkpoint up until the test lets it go. */
  private void hold(int octets) throws IOException {
    paced.addAndGet(octets);
    writing.countDown();
    try {
      stalled.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static Thread start(BooleanSupplier round) {
    Thread thread =
        new Thread(
            () -> {
              boolean more = true;
              while (more) {
                more = round.getAsBoolean();
              }
            });
    thread.start();
    return thread;
  }

  @Test
  @DisplayName("S-19: commits, new segments included, go on while a checkpoint does not get ahead")
  void commitsDoNotWaitForACheckpoint() throws Exception {
    Workers one =
        new Workers() {
          @Override
          public int width() {
            return 1;
          }

          @Override
          public void run(java.util.List<Piece> pieces) throws IOException {
            for (Piece piece : pieces) {
              piece.run();
            }
          }
        };
    JournalTools tools = new JournalTools(() -> new UUID(0, 3), System::nanoTime, one, this::hold);
    JournalLeaseStore store = new JournalLeaseStore(medium, SETTINGS, tools);
    Thread commits = start(() -> store.loop().round(1_000_000_000L));
    Thread housekeeping = start(() -> store.housekeeper().round(1_000_000_000L));
    StoreContent.awaitOpen(store);
    commit(store, LeaseChange.put(LeaseSamples.lease(0, 0)));
    CompletableFuture<Void> compaction = store.compact().toCompletableFuture();
    writing.await();
    // Each commit takes a block of a segment: several segments are filled.
    int commits64 = 3 * SEGMENT / FileHeader.BLOCK;
    for (int i = 1; i < commits64; i++) {
      commit(store, LeaseChange.put(LeaseSamples.lease(i, 0)));
    }
    assertThat(compaction).isNotDone();
    assertThat(Long.parseLong(store.status().facts().get("segments"))).isGreaterThan(3);
    stalled.countDown();
    get(compaction);
    mustHold(store, commits64);
    store.loop().close();
    commits.join();
    housekeeping.join();
  }

  private static void mustHold(LeaseStore store, int leases) throws IOException {
    assertThat(StoreContent.of(store).leases()).hasSize(leases);
  }

  @Test
  @DisplayName("S-19: every octet of runs and checkpoint is paced, and synced in small steps")
  void writingIsPaced() throws Exception {
    stalled.countDown();
    SimMedium target = new SimMedium(4);
    Disk disk = target.open();
    FileHeader header =
        new FileHeader(FileHeader.Kind.TABLE, new UUID(0, 1), 2, 1, 0, FileHeader.INITIAL);
    long before = target.syncs();
    long written;
    try (DiskFile file = disk.create("table.tmp")) {
      TableWriter out = new TableWriter(file, header, true, this::hold);
      byte[] record = new byte[1 << 16];
      for (int i = 0; i < 300; i++) {
        int length = record.length - RecordFormat.HEADER;
        record[0] = RecordFormat.NOTE;
        record[1] = (byte) (length >>> 16);
        record[2] = (byte) (length >>> 8);
        record[3] = (byte) length;
        record[5] = 4;
        record[6] = (byte) (i >>> 8);
        record[7] = (byte) i;
        out.add(record, 0);
      }
      written = out.finish().octets();
    }
    assertThat(paced.get()).isEqualTo(written - FileHeader.BLOCK);
    assertThat(target.syncs() - before).isGreaterThanOrEqualTo(written / (256 << 10));
  }

  @Test
  @DisplayName("S-19: reading, sorting and merging are held up after every few records")
  void workIsPaced() throws Exception {
    int leases = 4096;
    AtomicLong stops = new AtomicLong();
    Pace pace = octets -> stops.addAndGet(octets == 0 ? 1 : 0);
    Driver driver = new Driver(medium, new SplittableRandom(5), SETTINGS, pace).open();
    // Few commits, because nothing is held up when the journal is long.
    for (int i = 0; i < leases; i += 16) {
      driver.commit(
          Batch.of(
              IntStream.range(i, i + 16)
                  .mapToObj(n -> LeaseChange.put(LeaseSamples.lease(n, 0)))
                  .toList()));
    }
    stops.set(0);
    driver.compact();
    mustHold(driver.store(), leases);
    // Each record is read and merged once, and moved twelve times by a sort of 4096.
    assertThat(stops.get()).isGreaterThanOrEqualTo(leases / 64 * 13);
    driver.close();
  }

  @Test
  @DisplayName("S-19: the next segment is prepared slowly while there is time, and no longer")
  void preparationHasTime() throws Exception {
    assertThat(pacedUntilPrepared(SEGMENT / FileHeader.BLOCK / 4)).isEqualTo(4 * SEGMENT);
    assertThat(pacedUntilPrepared(SEGMENT / FileHeader.BLOCK * 3 / 4)).isEqualTo(SEGMENT);
  }

  private long pacedUntilPrepared(int commits) throws IOException {
    AtomicLong octets = new AtomicLong();
    SimMedium target = new SimMedium(commits);
    Driver driver = new Driver(target, new SplittableRandom(6), SETTINGS, octets::addAndGet).open();
    for (int i = 0; i < commits; i++) {
      driver.commit(Batch.of(List.of(LeaseChange.put(LeaseSamples.lease(i, 0)))));
    }
    octets.set(0);
    driver.tidy();
    driver.close();
    return octets.get();
  }
}
