// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import io.leasehold.lease.NoteChange;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What a segment holds, as far as it can be told without the others. Filled by one thread. */
final class ScannedSegment {
  private final FileHeader header;
  private final long limit;
  private final Map<String, NoteChange> notes = new HashMap<>();
  private Segment segment;
  private boolean sealed;
  private boolean closed;
  private long dirtyEnd;
  private long records;

  /** Not read yet. */
  ScannedSegment(FileHeader header) {
    this(header, header.octets());
  }

  /** The same, up to where it is written while it is read. */
  ScannedSegment(FileHeader header, long limit) {
    this.header = header;
    this.limit = limit;
  }

  /**
   * Reads all frames.
   *
   * @throws DamageException if something says that more of them were durable once
   */
  void read(Disk disk) throws IOException {
    try (DiskFile file = disk.open(header.fileName())) {
      SegmentScan scan = new SegmentScan(file, header, limit);
      long expected = header.sequence();
      long before = scan.at();
      for (FrameFormat.Head head = scan.next(); head != null; head = scan.next()) {
        sealed = head.sealed();
        closed = head.batches() == 0;
        if (head.firstSequence() != expected) {
          throw new DamageException(
              header.fileName(),
              before,
              "batch " + head.firstSequence() + " where " + expected + " is the next");
        }
        expected += head.batches();
        before = scan.at();
        records += head.records();
        keepNotes(scan);
      }
      if (scan.provesLoss(expected)) {
        throw new DamageException(
            header.fileName(),
            scan.at(),
            "batch " + expected + " was durable once and is not readable");
      }
      dirtyEnd = scan.dirtyEnd();
      segment = new Segment(header, scan.at(), expected);
    }
  }

  private void keepNotes(SegmentScan scan) {
    byte[] octets = scan.octets();
    for (int at = scan.bodyAt(); at < scan.bodyEnd(); at += RecordFormat.octets(octets, at)) {
      if (RecordFormat.type(octets, at) == RecordFormat.NOTE) {
        NoteChange note = RecordFormat.note(octets, at);
        notes.put(note.name(), note);
      }
    }
  }

  FileHeader header() {
    return header;
  }

  /** The segment as far as it can be read. */
  Segment segment() {
    return segment;
  }

  /** Whether its last frame says that the journal goes on in the next segment. */
  boolean isSealed() {
    return sealed;
  }

  /** Whether it ends as a journal does that was closed in good order. */
  boolean isClosed() {
    return closed && !sealed && dirtyEnd == segment.end();
  }

  /** Where the last octet that is not zero ends; the segment's end if there is none behind it. */
  long dirtyEnd() {
    return dirtyEnd;
  }

  /** How many records its frames hold. */
  long records() {
    return records;
  }

  /** What it says last about each note. */
  Collection<NoteChange> notes() {
    return notes.values();
  }
}
