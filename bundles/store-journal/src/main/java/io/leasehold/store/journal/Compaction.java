// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import java.io.IOException;
import java.util.List;

/**
 * Makes a checkpoint out of the one before it and the journal since, by merging sorted files. Needs
 * about 16 MiB and 64 KiB a run, however many leases there are. Owned by one thread.
 */
final class Compaction {
  private static final String NAME = "checkpoint" + JournalFiles.TEMPORARY;
  private static final String RUN = "run-";

  private final Disk disk;
  private final Pace pace;

  Compaction(Disk disk, Pace pace) {
    this.disk = disk;
    this.pace = pace;
  }

  /**
   * Writes a checkpoint and makes it durable under its name.
   *
   * @param before the checkpoint so far, or null
   * @param segments all segments since, in order
   * @param header what the new one begins with
   */
  Table run(Table before, List<Segment> segments, FileHeader header) throws IOException {
    List<String> runs = new SortedRuns(disk, header, pace, RUN).of(segments);
    Table made = merge(before == null ? null : before.header().fileName(), runs, header);
    for (String run : runs) {
      disk.delete(run);
    }
    return made;
  }

  /**
   * Writes a checkpoint out of sorted tables and makes it durable under its name.
   *
   * @param before name of the checkpoint so far, or null
   * @param runs newer tables, oldest first
   */
  Table merge(String before, List<String> runs, FileHeader header) throws IOException {
    Table made;
    try (DiskFile file = disk.create(NAME);
        MergedTables merged = new MergedTables(disk, before, runs, pace)) {
      TableWriter out = new TableWriter(file, header, true, pace);
      while (merged.next()) {
        out.add(merged.octets(), merged.at());
      }
      made = out.finish();
    }
    disk.rename(NAME, header.fileName());
    disk.sync();
    return made;
  }
}
