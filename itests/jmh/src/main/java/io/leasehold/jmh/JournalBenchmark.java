// SPDX-License-Identifier: Apache-2.0
package io.leasehold.jmh;

import io.leasehold.lease.Batch;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.Position;
import io.leasehold.store.journal.JournalSettings;
import io.leasehold.store.journal.JournalSettings.Sync;
import io.leasehold.store.journal.osgi.FileMedium;
import io.leasehold.store.journal.osgi.RunningJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A batch appended to a journal in a real directory, until it is durable. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class JournalBenchmark {
  private static final int CHECKPOINT_MIB_PER_SECOND = 50;
  private static final int CLIENTS = 100_000;

  /** Changes in a batch. */
  @Param({"1", "16", "64", "256"})
  public int batch;

  /** {@code GROUP}: synced before it is acknowledged; {@code NONE}: written. */
  @Param({"GROUP", "NONE"})
  public Sync sync;

  private final Order order = new Order();
  private Path directory;
  private RunningJournal journal;
  private long now = Samples.NOW;

  /** Opens an empty journal below {@code java.io.tmpdir}. */
  @Setup
  public void open() throws IOException {
    directory = Files.createTempDirectory("leasehold-jmh");
    JournalSettings usual = JournalSettings.DEFAULT;
    JournalSettings settings =
        new JournalSettings(
            sync,
            usual.intervalMillis(),
            usual.segmentOctets(),
            usual.queueBatches(),
            usual.queueOctets());
    journal =
        new RunningJournal(
            new FileMedium(directory.resolve("leases")), settings, CHECKPOINT_MIB_PER_SECOND);
    while (!journal.store().status().takesChanges()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Closes the journal and forgets it. */
  @TearDown
  public void close() throws IOException {
    journal.close();
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(JournalBenchmark::delete);
    }
  }

  /** One batch after the other; the time of one batch. */
  @Benchmark
  public Position append() {
    List<LeaseChange> changes = new ArrayList<>(batch);
    int first = order.next(CLIENTS);
    for (int i = 0; i < batch; i++) {
      changes.add(LeaseChange.put(Samples.lease(first + i, now)));
    }
    now++;
    return journal.store().append(Batch.of(changes)).toCompletableFuture().join();
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
