// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The first block of every file of a store: magic u64, version u16 (major) and u16 (minor), flags
 * u32, store UUID, number u64, sequence u64, octets u64, CRC-32C of all that u32, zeros up to 4096
 * octets.
 *
 * @param kind what the file is
 * @param store identity of the store
 * @param number segment: its number; table: number of the first segment whose content it does not
 *     hold
 * @param sequence segment: sequence of its first batch; table: sequence of the last batch it holds
 * @param octets length of a segment file; 0 for a table
 * @param flags {@link #INITIAL} or 0
 */
record FileHeader(Kind kind, UUID store, long number, long sequence, long octets, int flags) {
  /** Room of the header, and what frames are aligned to. */
  static final int BLOCK = 4096;

  /** Table: written while no journal was open, so its segment may not be there yet. */
  static final int INITIAL = 1;

  private static final int MAJOR = 1;
  private static final int MINOR = 0;
  private static final int CHECKED_OCTETS = 56;

  /** Kinds of file, with the magic number that begins each. */
  enum Kind {
    /** A piece of the journal: frames in the order of writing. */
    SEGMENT(0x4c48_6a6f_7572_6e6cL, "journal-", ".seg"),
    /** A sorted table: a checkpoint, or a run on the way to one. */
    TABLE(0x4c48_7461_626c_6531L, "checkpoint-", ".tab");

    private final long magic;
    private final String prefix;
    private final String suffix;

    Kind(long magic, String prefix, String suffix) {
      this.magic = magic;
      this.prefix = prefix;
      this.suffix = suffix;
    }

    /** The name of the file with a number. */
    String fileName(long number) {
      return prefix + String.format("%016x", number) + suffix;
    }

    /** Whether a name is one of this kind. */
    boolean names(String name) {
      return name.length() == prefix.length() + 16 + suffix.length()
          && name.startsWith(prefix)
          && name.endsWith(suffix)
          && name.substring(prefix.length(), prefix.length() + 16).matches("[0-9a-f]{16}");
    }

    /** The number in a name of this kind. */
    long numberOf(String name) {
      return Long.parseUnsignedLong(name, prefix.length(), prefix.length() + 16, 16);
    }
  }

  /** The name of the file this header belongs to. */
  String fileName() {
    return kind.fileName(number);
  }

  /** Whether the flag {@link #INITIAL} is set. */
  boolean isInitial() {
    return (flags & INITIAL) != 0;
  }

  /** The header as a block of {@link #BLOCK} octets. */
  ByteBuffer encode() {
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    block.putLong(kind.magic).putShort((short) MAJOR).putShort((short) MINOR).putInt(flags);
    block.putLong(store.getMostSignificantBits()).putLong(store.getLeastSignificantBits());
    block.putLong(number).putLong(sequence).putLong(octets);
    block.putInt(crc(block));
    return block.rewind();
  }

  private static int crc(ByteBuffer block) {
    CRC32C crc = new CRC32C();
    crc.update(block.duplicate().position(0).limit(CHECKED_OCTETS));
    return (int) crc.getValue();
  }

  /**
   * Reads and checks the header of a file.
   *
   * @param name name of the file, which must agree with the header
   */
  static FileHeader read(DiskFile file, Kind kind, String name) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    file.read(0, block);
    if (block.hasRemaining()) {
      throw new DamageException(name, 0, "only " + block.position() + " octets long");
    }
    block.rewind();
    if (block.getLong() != kind.magic) {
      throw new DamageException(name, 0, "not a file of this kind");
    }
    int major = block.getShort() & 0xffff;
    if (major > MAJOR) {
      throw new IOException(
          name
              + " has format "
              + major
              + "; this release reads up to "
              + MAJOR
              + ": install the newer release");
    }
    block.getShort();
    int flags = block.getInt();
    UUID store = new UUID(block.getLong(), block.getLong());
    FileHeader header =
        new FileHeader(kind, store, block.getLong(), block.getLong(), block.getLong(), flags);
    if (block.getInt() != crc(block)) {
      throw new DamageException(name, 0, "the header's checksum is wrong");
    }
    return header;
  }

  /** Refuses a file under another file's name. */
  FileHeader mustBe(String name) throws DamageException {
    if (!fileName().equals(name)) {
      throw new DamageException(name, 0, "it is " + fileName() + " by its header");
    }
    return this;
  }
}
