// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes a table file; records must come in order, each key once. Owned by one thread. */
final class TableWriter {
  /** Goes to the disk in small steps, because a commit would wait behind a large one. */
  private static final int STEP = 256 << 10;

  private final DiskFile file;
  private final FileHeader header;
  private final Pace pace;
  private final ByteBuffer step;
  private final boolean durable;
  private ByteBuffer block = ByteBuffer.allocate(TableBlock.HEADER + TableBlock.TARGET);
  private int count;
  private long blocks;
  private long at;
  private long leases;
  private long notes;
  private long stepAt;

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
    step = durable ? aligned() : ByteBuffer.allocate(STEP);
    put(header.encode());
    block.position(TableBlock.HEADER);
  }

  /** Memory that {@link DiskFile#writeAhead} is fast with. */
  private static ByteBuffer aligned() {
    return ByteBuffer.allocateDirect(STEP + FileHeader.BLOCK)
        .alignedSlice(FileHeader.BLOCK)
        .limit(STEP);
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
    file.write(stepAt, step.flip());
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
    put(block);
    count = 0;
    block.clear().position(TableBlock.HEADER);
    pace.wrote(length);
  }

  private void put(ByteBuffer octets) throws IOException {
    at += octets.remaining();
    while (octets.hasRemaining()) {
      int length = Math.min(step.remaining(), octets.remaining());
      step.put(octets.slice(octets.position(), length));
      octets.position(octets.position() + length);
      if (!step.hasRemaining()) {
        writeStep();
      }
    }
  }

  private void writeStep() throws IOException {
    step.flip();
    if (durable) {
      file.writeAhead(stepAt, step);
    } else {
      file.write(stepAt, step);
    }
    stepAt += STEP;
    step.clear().limit(STEP);
  }
}
