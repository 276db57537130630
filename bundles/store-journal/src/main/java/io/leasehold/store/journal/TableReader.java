// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import java.io.Closeable;
import java.io.IOException;

/** Reads the records of a table file in order. Owned by one thread. */
final class TableReader implements Closeable {
  private final DiskFile file;
  private final FileHeader header;
  private final TableBlock block;
  private final int age;
  private long at = FileHeader.BLOCK;
  private long number;
  private int record = TableBlock.HEADER;
  private int next = TableBlock.HEADER;
  private int end = TableBlock.HEADER;

  /**
   * Opens a table.
   *
   * @param name name of its file
   * @param age order among the tables of a merge; a higher one is newer
   */
  TableReader(Disk disk, String name, int age) throws IOException {
    this.file = disk.open(name);
    this.age = age;
    try {
      header = FileHeader.read(file, FileHeader.Kind.TABLE, name);
      block = new TableBlock(file, name, header.number());
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  FileHeader header() {
    return header;
  }

  int age() {
    return age;
  }

  /** Goes to the next record; false at the end. */
  boolean next() throws IOException {
    while (next >= end) {
      if (block.isLast()) {
        return false;
      }
      at = block.read(at, number++);
      if (block.isLast()) {
        return false;
      }
      next = TableBlock.HEADER;
      end = block.end();
    }
    record = next;
    next = record + RecordFormat.octets(block.octets(), record);
    return true;
  }

  /** Holds the record. */
  byte[] octets() {
    return block.octets();
  }

  /** Where the record begins in {@link #octets}. */
  int at() {
    return record;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
