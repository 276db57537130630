// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal.osgi;

import io.leasehold.store.journal.JournalSettings;
import io.leasehold.store.journal.JournalSettings.Sync;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * What a configuration says, or everything that is wrong with it.
 *
 * @param settings the settings; the default ones if anything is wrong
 * @param problems a sentence each; empty when all is well
 */
record ConfigCheck(JournalSettings settings, List<String> problems) {
  private static final String PID = "io.leasehold.store.journal";

  private record Range(int least, int most) {}

  static ConfigCheck of(JournalConfig config) {
    List<String> problems = new ArrayList<>();
    Sync sync = sync(config.sync(), problems);
    int interval =
        number(
            "sync.interval.millis", config::sync_interval_millis, new Range(1, 60_000), problems);
    int segment = number("segment.mib", config::segment_mib, new Range(4, 1024), problems);
    int batches =
        number("queue.batches", config::queue_batches, new Range(1, 10_000_000), problems);
    int queue = number("queue.mib", config::queue_mib, new Range(1, 1024), problems);
    number(
        "checkpoint.mib.per.second",
        config::checkpoint_mib_per_second,
        new Range(1, 10_000),
        problems);
    if (!problems.isEmpty()) {
      return new ConfigCheck(JournalSettings.DEFAULT, problems);
    }
    return new ConfigCheck(
        new JournalSettings(sync, interval, segment << 20, batches, queue << 20), problems);
  }

  private static Sync sync(String word, List<String> problems) {
    for (Sync sync : Sync.values()) {
      if (sync.name().equalsIgnoreCase(word)) {
        return sync;
      }
    }
    problems.add(PID + ": sync '" + word + "' must be group, interval or none");
    return Sync.GROUP;
  }

  private static int number(String key, IntSupplier value, Range range, List<String> problems) {
    try {
      int number = value.getAsInt();
      if (number < range.least || number > range.most) {
        problems.add(
            PID + ": " + key + " " + number + " must be " + range.least + " to " + range.most);
      }
      return number;
    } catch (RuntimeException e) {
      problems.add(PID + ": " + key + " must be a whole number: " + e.getMessage());
      return range.least;
    }
  }
}
