// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes a table file; records must come in order, each key once. Owned by one thread. */
final class TableWriter {
  /** Synced in small steps, because a commit would wait behind a large one. */
  private static final int SYNC_OCTETS = 8 << 20;

  private final DiskFile file;
  private final FileHeader header;
  private final Pace pace;
  private final boolean durable;
  private ByteBuffer block = ByteBuffer.allocate(TableBlock.HEADER + TableBlock.TARGET);
  private int count;
  private long blocks;
  private long at;
  private long leases;
  private long notes;
  private int unsynced;

  /**
   * Begins a file.
   *
   * @param durable whether the file is to outlive this process
   */
  TableWriter(DiskFile file, FileHeader header, boolean durable, Pace pace) throws IOException {
    this.file = file;
    this.header = header;
    this.durable = durable;
    this.pace = pace;
    file.write(0, header.encode());
    at = FileHeader.BLOCK;
    block.position(TableBlock.HEADER);
  }

  /** Adds a record. */
  void add(byte[] octets, int from) throws IOException {
    int length = RecordFormat.octets(octets, from);
    if (length > block.remaining()) {
      flush();
    }
    if (length > block.remaining()) {
      block = ByteBuffer.allocate(TableBlock.HEADER + length).position(TableBlock.HEADER);
    }
    block.put(octets, from, length);
    count++;
    if (RecordFormat.type(octets, from) == RecordFormat.NOTE) {
      notes++;
    } else {
      leases++;
    }
  }

  /** Ends the file; it is durable afterwards if it is to be. */
  Table finish() throws IOException {
    flush();
    long end = at + TableBlock.HEADER + TableBlock.LAST_LENGTH;
    block.putLong(leases).putLong(notes).putLong(end);
    write(true);
    if (durable) {
      file.force(true);
    }
    return new Table(header, end, leases, notes);
  }

  private void flush() throws IOException {
    if (count > 0) {
      write(false);
    }
  }

  private void write(boolean last) throws IOException {
    TableBlock.close(block, count, header.number(), blocks++, last);
    int length = block.remaining();
    file.write(at, block);
    at += length;
    count = 0;
    block.clear().position(TableBlock.HEADER);
    unsynced += length;
    if (durable && unsynced >= SYNC_OCTETS) {
      file.force(false);
      unsynced = 0;
    }
    pace.wrote(length);
  }
}
