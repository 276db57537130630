// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Blocks of a table file, which follow its header without gaps: magic u32, CRC-32C of everything
 * after it u32, length of the records u32, count u32, number of the table u64, number of the block
 * u64 (from 0), records. The last block has a magic of its own and holds leases u64, notes u64,
 * length of the file u64 in place of records.
 */
final class TableBlock {
  static final int HEADER = 32;

  /** Records are gathered up to this size; a longer record has a block to itself. */
  static final int TARGET = 1 << 16;

  static final int LAST_LENGTH = 24;
  private static final int MAGIC = 0x4c48_626c;
  private static final int LAST_MAGIC = 0x4c48_656e;
  private static final int MAX_LENGTH = 1 << 25;

  private final DiskFile file;
  private final String name;
  private final long table;
  private final long fileSize;
  private byte[] octets = new byte[HEADER + TARGET];
  private int length;
  private int count;
  private boolean last;

  /** Reads blocks of a file. */
  TableBlock(DiskFile file, String name, long table) throws IOException {
    this.file = file;
    this.name = name;
    this.table = table;
    this.fileSize = file.size();
  }

  /** Puts the header before {@code length} octets that stand from {@link #HEADER} on. */
  static void close(ByteBuffer block, int count, long table, long number, boolean last) {
    int end = block.position();
    block.putInt(0, last ? LAST_MAGIC : MAGIC).putInt(8, end - HEADER).putInt(12, count);
    block.putLong(16, table).putLong(24, number);
    block.putInt(4, crc(block.array(), end));
    block.flip();
  }

  private static int crc(byte[] octets, int end) {
    CRC32C crc = new CRC32C();
    crc.update(octets, 8, end - 8);
    return (int) crc.getValue();
  }

  /** Reads only the header of the block at an offset, and gives its length with it. */
  int peek(long at) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(HEADER);
    file.read(at, head);
    if (head.hasRemaining()) {
      throw new DamageException(name, at, "the file ends without its last block");
    }
    int magic = head.getInt(0);
    int claimed = head.getInt(8);
    if (magic != MAGIC && magic != LAST_MAGIC || claimed < 0 || claimed > MAX_LENGTH) {
      throw new DamageException(name, at, "no block begins here");
    }
    last = magic == LAST_MAGIC;
    return HEADER + claimed;
  }

  /** Reads and checks the block at an offset; gives the offset of the next. */
  long read(long at, long number) throws IOException {
    long next = readAny(at);
    if (ByteBuffer.wrap(octets).getLong(24) != number) {
      throw new DamageException(name, at, "the block belongs elsewhere");
    }
    return next;
  }

  /** The same for a block of any number. */
  long readAny(long at) throws IOException {
    int whole = peek(at);
    if (at + whole > fileSize) {
      throw new DamageException(name, at, "the file ends within a block");
    }
    if (octets.length < whole) {
      octets = new byte[whole];
    }
    ByteBuffer block = ByteBuffer.wrap(octets, 0, whole);
    file.read(at, block);
    if (block.hasRemaining()
        || block.getInt(8) != whole - HEADER
        || block.getInt(4) != crc(octets, whole)) {
      throw new DamageException(name, at, "the block's checksum is wrong");
    }
    if (block.getLong(16) != table) {
      throw new DamageException(name, at, "the block belongs elsewhere");
    }
    length = whole - HEADER;
    count = block.getInt(12);
    if (!last && !RecordFormat.isWhole(octets, HEADER, whole, count)) {
      throw new DamageException(name, at, "a block that checks holds no whole records");
    }
    return at + whole;
  }

  /** The next offset from {@code from} on where a block checks; the file's length if none does. */
  long search(long from) throws IOException {
    ByteBuffer window = ByteBuffer.allocate(1 << 16);
    for (long start = from; start < fileSize; start += window.capacity() - HEADER) {
      file.read(start, window.clear());
      window.flip();
      for (int i = 0; i + HEADER <= window.limit(); i++) {
        int magic = window.getInt(i);
        if ((magic == MAGIC || magic == LAST_MAGIC)
            && window.getLong(i + 16) == table
            && checks(start + i)) {
          return start + i;
        }
      }
    }
    return fileSize;
  }

  private boolean checks(long at) throws IOException {
    try {
      readAny(at);
      return true;
    } catch (DamageException e) {
      return false;
    }
  }

  /** Whether the block that was read is the last. */
  boolean isLast() {
    return last;
  }

  /** The octets of the block, header included, until the next is read. */
  byte[] octets() {
    return octets;
  }

  /** Where the records end in {@link #octets}. */
  int end() {
    return HEADER + length;
  }

  /** What the last block says. */
  Table summary(FileHeader header, long end) throws IOException {
    ByteBuffer trailer = ByteBuffer.wrap(octets, HEADER, LAST_LENGTH);
    if (length != LAST_LENGTH) {
      throw new DamageException(name, end - HEADER, "the last block is of another length");
    }
    Table summary = new Table(header, end, trailer.getLong(), trailer.getLong());
    if (trailer.getLong() != end || fileSize != end) {
      throw new DamageException(name, end, "the file is " + fileSize + " octets long");
    }
    return summary;
  }
}
