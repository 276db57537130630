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
  private static final int RECORDS_A_STEP = 64;

  private final Disk disk;
  private final FileHeader header;
  private final Pace pace;
  private final String prefix;
  private final List<String> names = new ArrayList<>();
  private int[] records = new int[1 << 14];
  private int count;
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
    records = new int[0];
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
    if (count == records.length) {
      records = Arrays.copyOf(records, 2 * count);
    }
    records[count++] = filled;
    filled += length;
    if (count % RECORDS_A_STEP == 0) {
      pace.wrote(0);
    }
  }

  private void flush() throws IOException {
    if (count == 0) {
      return;
    }
    int[] order = records;
    sort(0, count, Arrays.copyOf(order, count), order);
    String name = prefix + names.size() + JournalFiles.TEMPORARY;
    names.add(name);
    try (DiskFile file = disk.create(name)) {
      TableWriter out = new TableWriter(file, header, false, pace);
      for (int i = 0; i < count; i++) {
        boolean replaced = i + 1 < count && compare(order[i], order[i + 1]) == 0;
        if (!replaced) {
          out.add(arena, order[i]);
        }
      }
      out.finish();
    }
    count = 0;
    filled = 0;
  }

  /**
   * Merges halves into the one array, after they were sorted in the other. Stable, so that the last
   * of equal keys is the newest; in small steps, which the library's sort cannot be cut into.
   */
  private void sort(int from, int to, int[] other, int[] into) throws IOException {
    if (to - from < 2) {
      return;
    }
    int middle = (from + to) >>> 1;
    sort(from, middle, into, other);
    sort(middle, to, into, other);
    int left = from;
    int right = middle;
    for (int i = from; i < to; i++) {
      boolean takesLeft = left < middle && (right == to || compare(other[left], other[right]) <= 0);
      into[i] = takesLeft ? other[left++] : other[right++];
      if (i % RECORDS_A_STEP == 0) {
        pace.wrote(0);
      }
    }
  }

  private int compare(int a, int b) {
    return RecordFormat.compareKeys(arena, a, arena, b);
  }
}
