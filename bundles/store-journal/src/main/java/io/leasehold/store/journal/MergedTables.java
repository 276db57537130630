// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Reads sorted tables as one: of each key the newest record, unless that says that it is gone.
 * Needs a block for each table. Owned by one thread.
 */
final class MergedTables implements Closeable {
  private static final int RECORDS_A_STEP = 64;

  private final List<TableReader> readers = new ArrayList<>();
  private final PriorityQueue<TableReader> heads;
  private TableReader current;
  private byte[] lastKey = new byte[0];
  private final Pace pace;
  private boolean begun;
  private int records;

  /**
   * Opens all tables.
   *
   * @param before name of the oldest, or null
   * @param runs names of newer ones, oldest first
   */
  MergedTables(Disk disk, String before, List<String> runs, Pace pace) throws IOException {
    this.pace = pace;
    heads = new PriorityQueue<>(runs.size() + 1, MergedTables::order);
    try {
      if (before != null) {
        open(disk, before);
      }
      for (String run : runs) {
        open(disk, run);
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private void open(Disk disk, String name) throws IOException {
    TableReader reader = new TableReader(disk, name, readers.size());
    readers.add(reader);
    if (reader.next()) {
      heads.add(reader);
    }
  }

  /** Goes to the next record; false at the end. */
  boolean next() throws IOException {
    for (TableReader head = advance(); head != null; head = advance()) {
      byte[] octets = head.octets();
      int at = head.at();
      // Of equal keys the newest comes first; a tombstone hides the older ones and goes.
      if (!begun || RecordFormat.compareKeys(lastKey, 0, octets, at) != 0) {
        remember(octets, at);
        if (!RecordFormat.isTombstone(octets, at)) {
          return true;
        }
      }
    }
    return false;
  }

  private TableReader advance() throws IOException {
    if (current != null && current.next()) {
      heads.add(current);
    }
    if (++records % RECORDS_A_STEP == 0) {
      pace.wrote(0);
    }
    current = heads.poll();
    return current;
  }

  /** Holds the record. */
  byte[] octets() {
    return current.octets();
  }

  /** Where the record begins in {@link #octets}. */
  int at() {
    return current.at();
  }

  private void remember(byte[] octets, int at) {
    int length = RecordFormat.keyAt(octets, at) - at + RecordFormat.keyLength(octets, at);
    if (lastKey.length < length) {
      lastKey = new byte[length];
    }
    System.arraycopy(octets, at, lastKey, 0, length);
    begun = true;
  }

  private static int order(TableReader a, TableReader b) {
    int order = RecordFormat.compareKeys(a.octets(), a.at(), b.octets(), b.at());
    return order != 0 ? order : Integer.compare(b.age(), a.age());
  }

  @Override
  public void close() throws IOException {
    for (TableReader reader : readers) {
      reader.close();
    }
  }
}
