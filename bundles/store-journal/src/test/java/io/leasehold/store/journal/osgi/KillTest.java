// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.testkit.Await;
import io.leasehold.testkit.StoreContent;
import java.io.BufferedReader;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that writes; {@code -Dleasehold.kills=N} does it N times. */
class KillTest {
  private static final int KILLS = Integer.getInteger("leasehold.kills", 3);

  @TempDir Path directory;

  @Test
  @DisplayName(
      "S-11, S-16: kill -9 at random times: nothing acknowledged lost, none torn, none invented")
  void killed() throws Exception {
    long seed = Long.getLong("leasehold.seed", 11L);
    Random random = new Random(seed);
    long before = 0;
    for (int round = 0; round < KILLS; round++) {
      int batches = 1 + random.nextInt(4000);
      long acknowledged = run(batches, random);
      try (RunningJournal journal = KilledWriter.start(directory)) {
        StoreContent.awaitOpen(journal.store());
        long last = KilledWriter.last(journal.store());
        assertThat(last).as("seed %d, round %d", seed, round).isGreaterThanOrEqualTo(acknowledged);
        assertThat(StoreContent.of(journal.store()).leases())
            .as("seed %d, round %d, batch %d", seed, round, last)
            .isEqualTo(expected(last));
        assertThat(last).isGreaterThan(before);
        before = last;
      }
    }
  }

  /**
   * Lets a process write about as many batches, and kills it; gives the last number it
   * acknowledged.
   */
  private long run(int batches, Random random) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path").replace("\n", File.pathSeparator),
                KilledWriter.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long last = 0;
    try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
      String line = lines.readLine();
      assertThat(line).as("the writer's first word").isNotNull();
      if (random.nextBoolean()) {
        mustBeRefused(process.pid());
      }
      for (int i = 0; i < batches && line != null; i++) {
        last = Long.parseLong(line);
        line = lines.readLine();
      }
      // By its handle, because Process.destroyForcibly closes the stream that is still to be read.
      process.toHandle().destroyForcibly();
      while (line != null && line.matches("[0-9]+")) {
        last = Math.max(last, wholeNumber(line, last));
        line = lines.readLine();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    return last;
  }

  /** The last line may be cut within its digits. */
  private static long wholeNumber(String line, long before) {
    long number = Long.parseLong(line);
    return number == before + 1 ? number : before;
  }

  private void mustBeRefused(long pid) {
    try (RunningJournal second = KilledWriter.start(directory)) {
      Await.until(
          Duration.ofSeconds(10),
          () -> second.store().status().cause().contains("in use by process " + pid));
    }
  }

  private static Map<LeaseKey, Lease> expected(long last) {
    Map<LeaseKey, Lease> leases = new TreeMap<>();
    for (long n = 1; n <= last; n++) {
      for (LeaseChange change : KilledWriter.batch(n).leases()) {
        change
            .lease()
            .ifPresentOrElse(
                lease -> leases.put(change.key(), lease), () -> leases.remove(change.key()));
      }
    }
    return leases;
  }
}
