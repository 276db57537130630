// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal.osgi;

import io.leasehold.store.journal.JournalSettings;
import io.leasehold.store.journal.JournalSettings.Sync;
import java.util.ArrayList;
import java.util.List;

/**
 * What a configuration says, or everything that is wrong with it.
 *
 * @param settings the settings; the default ones if anything is wrong
 * @param problems a sentence each; empty when all is well
 */
record ConfigCheck(JournalSettings settings, List<String> problems) {
  private static final String PID = "io.leasehold.store.journal";

  static ConfigCheck of(JournalConfig config) {
    List<String> problems = new ArrayList<>();
    Sync sync = sync(config.sync(), problems);
    range("sync.interval.millis", config.sync_interval_millis(), 1, 60_000, problems);
    range("segment.mib", config.segment_mib(), 4, 1024, problems);
    range("queue.batches", config.queue_batches(), 1, 10_000_000, problems);
    range("queue.mib", config.queue_mib(), 1, 1024, problems);
    range("checkpoint.mib.per.second", config.checkpoint_mib_per_second(), 1, 10_000, problems);
    if (!problems.isEmpty()) {
      return new ConfigCheck(JournalSettings.DEFAULT, problems);
    }
    JournalSettings settings =
        new JournalSettings(
            sync,
            config.sync_interval_millis(),
            config.segment_mib() << 20,
            config.queue_batches(),
            config.queue_mib() << 20);
    return new ConfigCheck(settings, problems);
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

  private static void range(String key, int value, int from, int to, List<String> problems) {
    if (value < from || value > to) {
      problems.add(PID + ": " + key + " " + value + " must be " + from + " to " + to);
    }
  }
}
