// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The segment that is written. Owned by the store thread. */
final class ActiveSegment {
  private final DiskFile file;
  private final FileHeader header;
  private long end;
  private long nextSequence;
  private boolean unsynced;

  /**
   * Goes on writing a segment.
   *
   * @param end where its last frame ends
   * @param nextSequence sequence of the next batch
   */
  ActiveSegment(DiskFile file, FileHeader header, long end, long nextSequence) {
    this.file = file;
    this.header = header;
    this.end = end;
    this.nextSequence = nextSequence;
  }

  FileHeader header() {
    return header;
  }

  long nextSequence() {
    return nextSequence;
  }

  boolean isEmpty() {
    return end == FileHeader.BLOCK;
  }

  boolean isUnsynced() {
    return unsynced;
  }

  /** Whether there is room for as many octets and the frame that closes the segment. */
  boolean fits(int octets) {
    return end + octets + FileHeader.BLOCK <= header.octets();
  }

  /** Writes a frame that {@link FrameFormat#close} has made ready. */
  void write(ByteBuffer frame, int batches) throws IOException {
    int octets = frame.remaining();
    file.write(end, frame);
    wrote(octets, batches);
    unsynced = true;
  }

  /** The same, and it is durable with all frames before it. */
  void writeDurably(ByteBuffer frame, int batches) throws IOException {
    int octets = frame.remaining();
    if (unsynced) {
      force();
    }
    file.writeDurably(end, frame);
    wrote(octets, batches);
  }

  private void wrote(int octets, int batches) {
    end += octets;
    nextSequence += batches;
  }

  /** Makes what was written durable. */
  void force() throws IOException {
    file.force(false);
    unsynced = false;
  }

  /** What is written so far. */
  Segment written() {
    return new Segment(header, end, nextSequence);
  }

  void close() throws IOException {
    file.close();
  }
}
