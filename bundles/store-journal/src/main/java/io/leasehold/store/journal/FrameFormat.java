// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A frame: what one group commit writes. Magic u32, CRC-32C of everything after it u32, length u32
 * (header included, padding not), records u32, segment number u64, sequence of its first batch u64,
 * durable sequence u64, batches u32, flags u32, records. Frames begin at multiples of {@link
 * FileHeader#BLOCK}, so that a torn write cannot reach the frame before; the rest of the block is
 * zero.
 *
 * <p>The durable sequence says that all batches up to it had been forced when the frame was
 * written. A good frame behind a bad place whose durable sequence covers that place proves that the
 * place was once whole.
 */
final class FrameFormat {
  static final int HEADER = 48;
  private static final int MAGIC = 0x4c48_6672;
  private static final int CRC_FROM = 8;
  private static final int SEALED = 1;

  private FrameFormat() {}

  /**
   * What a frame says about itself.
   *
   * @param length octets, header included, padding not
   * @param records how many records
   * @param firstSequence sequence of the first batch
   * @param durable all batches up to this one had been forced
   * @param batches how many batches; 0 in a frame that only closes a segment
   * @param sealed whether the journal goes on in the next segment, which is there
   */
  record Head(
      int length, int records, long firstSequence, long durable, int batches, boolean sealed) {

    /** The head of a frame without batches. */
    static Head closing(long nextSequence, boolean sealed) {
      return new Head(HEADER, 0, nextSequence, nextSequence - 1, 0, sealed);
    }

    /** Sequence of the last batch. */
    long lastSequence() {
      return firstSequence + batches - 1;
    }

    /** Octets on the medium. */
    int padded() {
      return FrameFormat.padded(length);
    }
  }

  /** The next multiple of the block size. */
  static int padded(int length) {
    return (length + FileHeader.BLOCK - 1) & -FileHeader.BLOCK;
  }

  /**
   * Puts the header before records that stand from {@link #HEADER} on, pads, and leaves the buffer
   * ready to be written.
   */
  static void close(ByteBuffer frame, long segment, Head head) {
    frame.limit(head.padded());
    for (int at = head.length(); at < head.padded(); at++) {
      frame.put(at, (byte) 0);
    }
    frame.putInt(0, MAGIC).putInt(8, head.length()).putInt(12, head.records());
    frame.putLong(16, segment).putLong(24, head.firstSequence()).putLong(32, head.durable());
    frame.putInt(40, head.batches()).putInt(44, head.sealed() ? SEALED : 0);
    frame.putInt(4, crc(frame, 0, head.length()));
    frame.position(0);
  }

  /** The length that the frame at an offset claims, or -1 if none begins there. */
  static int claimedLength(ByteBuffer octets, int at) {
    if (octets.getInt(at) != MAGIC) {
      return -1;
    }
    int length = octets.getInt(at + 8);
    return length < HEADER ? -1 : length;
  }

  /** How many batches the frame at an offset claims to hold. */
  static int claimedBatches(ByteBuffer octets, int at) {
    return octets.getInt(at + 40);
  }

  /** The header of a frame that lies whole at an offset, or null if it does not check. */
  static Head check(ByteBuffer octets, int at, long segment) {
    int length = claimedLength(octets, at);
    if (length < 0 || octets.getLong(at + 16) != segment) {
      return null;
    }
    if (octets.getInt(at + 4) != crc(octets, at, length)) {
      return null;
    }
    return new Head(
        length,
        octets.getInt(at + 12),
        octets.getLong(at + 24),
        octets.getLong(at + 32),
        octets.getInt(at + 40),
        (octets.getInt(at + 44) & SEALED) != 0);
  }

  private static int crc(ByteBuffer octets, int at, int length) {
    CRC32C crc = new CRC32C();
    crc.update(octets.duplicate().limit(at + length).position(at + CRC_FROM));
    return (int) crc.getValue();
  }
}
