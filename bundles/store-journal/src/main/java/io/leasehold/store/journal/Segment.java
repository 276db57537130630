// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import java.io.IOException;

/**
 * A segment as far as it is written.
 *
 * @param header its header
 * @param end where its last frame ends, in octets
 * @param nextSequence sequence of the batch after its last
 */
record Segment(FileHeader header, long end, long nextSequence) {

  /** Takes the records of frames. */
  interface RecordTaker {
    /** One record; the octets change after the call. */
    void take(byte[] octets, int at) throws IOException;
  }

  /** Octets of frames. */
  long used() {
    return end - FileHeader.BLOCK;
  }

  /** The header of a table that holds all batches up to the end of this segment. */
  FileHeader tableHeader(int flags) {
    return new FileHeader(
        FileHeader.Kind.TABLE, header.store(), header.number() + 1, nextSequence - 1, 0, flags);
  }

  /** Reads all records again and checks that they are still there. */
  void forEach(Disk disk, RecordTaker taker) throws IOException {
    long sequence = header.sequence();
    try (DiskFile file = disk.open(header.fileName())) {
      SegmentScan scan = new SegmentScan(file, header, end);
      while (scan.at() < end) {
        FrameFormat.Head head = scan.next();
        if (head == null || head.firstSequence() != sequence) {
          throw new DamageException(
              header.fileName(), scan.at(), "a frame that was good is no more");
        }
        sequence += head.batches();
        byte[] octets = scan.octets();
        for (int at = scan.bodyAt(); at < scan.bodyEnd(); at += RecordFormat.octets(octets, at)) {
          taker.take(octets, at);
        }
      }
    }
  }
}
