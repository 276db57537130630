// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Makes a checkpoint out of the one before it and the journal since, by merging sorted files. Needs
 * about 16 MiB and 64 KiB a run, however many leases there are. Owned by one thread.
 */
final class Compaction {
  private static final String NAME = "checkpoint" + JournalFiles.TEMPORARY;

  private final Disk disk;
  private final Pace pace;
  private byte[] lastKey = new byte[0];

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
    List<String> runs = new SortedRuns(disk, header, pace).of(segments);
    List<TableReader> readers = new ArrayList<>();
    Table made;
    try (DiskFile file = disk.create(NAME)) {
      if (before != null) {
        readers.add(new TableReader(disk, before.header().fileName(), 0));
      }
      for (String run : runs) {
        readers.add(new TableReader(disk, run, readers.size() + 1));
      }
      made = merge(readers, new TableWriter(file, header, true, pace));
    } finally {
      for (TableReader reader : readers) {
        reader.close();
      }
    }
    disk.rename(NAME, header.fileName());
    disk.sync();
    for (String run : runs) {
      disk.delete(run);
    }
    return made;
  }

  private Table merge(List<TableReader> readers, TableWriter out) throws IOException {
    PriorityQueue<TableReader> heads = new PriorityQueue<>(readers.size() + 1, Compaction::order);
    for (TableReader reader : readers) {
      if (reader.next()) {
        heads.add(reader);
      }
    }
    int lastLength = -1;
    for (TableReader head = heads.poll(); head != null; head = heads.poll()) {
      byte[] octets = head.octets();
      int at = head.at();
      // Of equal keys the newest comes first; a tombstone hides the older ones and goes.
      if (lastLength < 0 || RecordFormat.compareKeys(lastKey, 0, octets, at) != 0) {
        lastLength = remember(octets, at);
        if (!RecordFormat.isTombstone(octets, at)) {
          out.add(octets, at);
        }
      }
      if (head.next()) {
        heads.add(head);
      }
    }
    return out.finish();
  }

  private int remember(byte[] octets, int at) {
    int length = RecordFormat.keyAt(octets, at) - at + RecordFormat.keyLength(octets, at);
    if (lastKey.length < length) {
      lastKey = new byte[length];
    }
    System.arraycopy(octets, at, lastKey, 0, length);
    return length;
  }

  private static int order(TableReader a, TableReader b) {
    int order = RecordFormat.compareKeys(a.octets(), a.at(), b.octets(), b.at());
    return order != 0 ? order : Integer.compare(b.age(), a.age());
  }
}
