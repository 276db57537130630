// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts the journal into sorted tables that fit into memory one at a time. Later records of a key
 * replace earlier ones.
 */
final class SortedRuns {
  private static final int ARENA = 8 << 20;

  private final Disk disk;
  private final FileHeader header;
  private final Pace pace;
  private final String prefix;
  private final List<String> names = new ArrayList<>();
  private final List<Integer> records = new ArrayList<>();
  private byte[] arena;
  private int filled;

  /**
   * Runs carry the header of the table they are on the way to.
   *
   * @param prefix begins the names of their files
   */
  SortedRuns(Disk disk, FileHeader header, Pace pace, String prefix) {
    this.disk = disk;
    this.header = header;
    this.pace = pace;
    this.prefix = prefix;
    this.arena = new byte[ARENA];
  }

  /** Writes the runs of segments and gives their names, oldest first. */
  List<String> of(List<Segment> segments) throws IOException {
    for (Segment segment : segments) {
      segment.forEach(disk, this::add);
    }
    return finish();
  }

  /** Writes what is left and gives the names of all runs, oldest first. */
  List<String> finish() throws IOException {
    flush();
    arena = new byte[0];
    return names;
  }

  /** The names of the runs so far, oldest first. */
  List<String> names() {
    return names;
  }

  /** Adds a record, which is newer than those before it. */
  void add(byte[] octets, int at) throws IOException {
    int length = RecordFormat.octets(octets, at);
    if (length > arena.length - filled) {
      flush();
    }
    if (length > arena.length) {
      arena = new byte[length];
    }
    System.arraycopy(octets, at, arena, filled, length);
    records.add(filled);
    filled += length;
  }

  private void flush() throws IOException {
    if (records.isEmpty()) {
      return;
    }
    Integer[] order = records.toArray(Integer[]::new);
    byte[] from = arena;
    // The sort is stable, so that the last of equal keys is the newest.
    Arrays.sort(order, (a, b) -> RecordFormat.compareKeys(from, a, from, b));
    String name = prefix + names.size() + JournalFiles.TEMPORARY;
    names.add(name);
    try (DiskFile file = disk.create(name)) {
      TableWriter out = new TableWriter(file, header, false, pace);
      for (int i = 0; i < order.length; i++) {
        boolean replaced =
            i + 1 < order.length
                && RecordFormat.compareKeys(from, order[i], from, order[i + 1]) == 0;
        if (!replaced) {
          out.add(from, order[i]);
        }
      }
      out.finish();
    }
    records.clear();
    filled = 0;
  }
}
