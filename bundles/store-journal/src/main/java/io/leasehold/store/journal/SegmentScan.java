// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads the frames of one segment in order. Owned by one thread. */
final class SegmentScan {
  private static final int WINDOW = 1 << 18;
  private static final byte[] ZEROS = new byte[FileHeader.BLOCK];

  private final DiskFile file;
  private final FileHeader header;
  private final long end;
  private byte[] window = new byte[0];
  private ByteBuffer view = ByteBuffer.wrap(window);
  private long windowAt;
  private int filled;
  private long at = FileHeader.BLOCK;
  private int bodyAt;
  private int bodyEnd;

  /** Reads up to {@code end}. */
  SegmentScan(DiskFile file, FileHeader header, long end) {
    this.file = file;
    this.header = header;
    this.end = end;
  }

  /** The next frame, or null if none checks at {@link #at}. */
  FrameFormat.Head next() throws IOException {
    FrameFormat.Head head = frameAt(at);
    if (head == null) {
      return null;
    }
    int start = (int) (at - windowAt);
    bodyAt = start + FrameFormat.HEADER;
    bodyEnd = start + head.length();
    if (!RecordFormat.isWhole(window, bodyAt, bodyEnd, head.records())) {
      throw new DamageException(
          header.fileName(), at, "a frame that checks holds no whole records");
    }
    at += head.padded();
    return head;
  }

  /** Where the next frame would begin. */
  long at() {
    return at;
  }

  /** Holds the records of the last frame, until the next call of {@link #next}. */
  byte[] octets() {
    return window;
  }

  /** Where the records of the last frame begin. */
  int bodyAt() {
    return bodyAt;
  }

  /** Where the records of the last frame end. */
  int bodyEnd() {
    return bodyEnd;
  }

  /**
   * Whether a good frame behind {@link #at} says that sequence {@code expected} had been durable:
   * then what should stand here was lost later and is no torn write.
   */
  boolean provesLoss(long expected) throws IOException {
    for (long later = at + FileHeader.BLOCK; later < end; later += FileHeader.BLOCK) {
      FrameFormat.Head head = frameAt(later);
      if (head != null && head.durable() >= expected) {
        return true;
      }
    }
    return false;
  }

  /** Goes on to the next place behind {@link #at} where a frame checks; false if there is none. */
  boolean skip() throws IOException {
    for (long later = at + FileHeader.BLOCK; later < end; later += FileHeader.BLOCK) {
      if (frameAt(later) != null) {
        at = later;
        return true;
      }
    }
    return false;
  }

  /** Where the last octet behind {@link #at} that is not zero ends; {@link #at} if all are zero. */
  long dirtyEnd() throws IOException {
    long dirty = at;
    for (long block = at; block < end; block += FileHeader.BLOCK) {
      int length = (int) Math.min(FileHeader.BLOCK, end - block);
      fill(block, length);
      int start = (int) (block - windowAt);
      if (Arrays.mismatch(window, start, start + length, ZEROS, 0, length) >= 0) {
        dirty = block + length;
      }
    }
    return dirty;
  }

  private FrameFormat.Head frameAt(long offset) throws IOException {
    if (!fill(offset, FrameFormat.HEADER)) {
      return null;
    }
    int length = FrameFormat.claimedLength(view, (int) (offset - windowAt));
    if (length < 0 || !fill(offset, length)) {
      return null;
    }
    return FrameFormat.check(view, (int) (offset - windowAt), header.number());
  }

  /** Brings octets into the window; false if the segment ends before. */
  private boolean fill(long offset, int length) throws IOException {
    if (offset + length > end || offset + length < offset) {
      return false;
    }
    if (offset >= windowAt && offset + length <= windowAt + filled) {
      return true;
    }
    int wanted = (int) Math.min(Math.max(WINDOW, length), end - offset);
    if (window.length < wanted) {
      window = new byte[wanted];
      view = ByteBuffer.wrap(window);
    }
    ByteBuffer into = ByteBuffer.wrap(window, 0, wanted);
    file.read(offset, into);
    windowAt = offset;
    filled = into.position();
    return filled >= length;
  }
}
