// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import io.leasehold.lease.NoteChange;
import io.leasehold.net.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Finds out what a directory holds, mends what a crash may leave, and refuses what a crash cannot
 * explain. Nothing that was acknowledged is ever dropped to get the store open.
 */
final class Recovery {
  /** A new store begins small, so that it is open at once. */
  private static final int FIRST_SEGMENT_OCTETS = 16 << 20;

  private final Disk disk;
  private final JournalSettings settings;
  private final Supplier<UUID> identities;
  private final Map<String, Bytes> notes = new HashMap<>();
  private final List<String> repairs = new ArrayList<>();
  private boolean distrusted;

  Recovery(Disk disk, JournalSettings settings, Supplier<UUID> identities) {
    this.disk = disk;
    this.settings = settings;
    this.identities = identities;
  }

  /**
   * Opens the store.
   *
   * @param distrust whether a sync has failed: then what can be read need not be on the medium, and
   *     all of it is written anew to files of its own before it is relied upon
   */
  Journal open(boolean distrust) throws IOException {
    this.distrusted = distrust;
    List<String> names = disk.list();
    for (String name : names) {
      if (name.endsWith(JournalFiles.TEMPORARY)) {
        disk.delete(name);
      }
    }
    Table checkpoint = checkpoint(names);
    List<Segment> segments = segments(names, checkpoint);
    if (distrust && !segments.isEmpty()) {
      checkpoint = writeAnew(checkpoint, segments);
      segments = List.of();
    }
    dropOld(names, checkpoint);
    SegmentPool pool = new SegmentPool(disk, settings.segmentOctets());
    ActiveSegment active =
        segments.isEmpty() ? begin(pool, checkpoint) : resume(segments, segments.size() - 1);
    if (segments.isEmpty()) {
      segments = List.of(active.written());
    }
    JournalFiles files = new JournalFiles(disk, checkpoint, segments);
    return new Journal(new Journal.Parts(disk, settings, pool, files, notes, repairs), active);
  }

  private Table checkpoint(List<String> names) throws IOException {
    String newest = null;
    for (String name : names) {
      if (FileHeader.Kind.TABLE.names(name) && (newest == null || name.compareTo(newest) > 0)) {
        newest = name;
      }
    }
    if (newest == null) {
      return null;
    }
    try (TableReader reader = new TableReader(disk, newest, 0)) {
      reader.header().mustBe(newest);
      return reader.verify((octets, at) -> note(RecordFormat.note(octets, at)));
    }
  }

  private void note(NoteChange change) {
    if (change.value().isEmpty()) {
      notes.remove(change.name());
    } else {
      notes.put(change.name(), change.value());
    }
  }

  private List<Segment> segments(List<String> names, Table checkpoint) throws IOException {
    long first = checkpoint == null ? 1 : checkpoint.header().number();
    List<String> wanted =
        names.stream()
            .filter(FileHeader.Kind.SEGMENT::names)
            .filter(name -> FileHeader.Kind.SEGMENT.numberOf(name) >= first)
            .sorted()
            .toList();
    if (wanted.isEmpty() && checkpoint != null && !checkpoint.header().isInitial()) {
      throw new DamageException(FileHeader.Kind.SEGMENT.fileName(first), 0, "the file is missing");
    }
    UUID store = checkpoint == null ? null : checkpoint.header().store();
    long expected = checkpoint == null ? 1 : checkpoint.header().sequence() + 1;
    List<Segment> found = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      String name = wanted.get(i);
      if (FileHeader.Kind.SEGMENT.numberOf(name) != first + i) {
        throw new DamageException(
            FileHeader.Kind.SEGMENT.fileName(first + i), 0, "the file is missing");
      }
      try (DiskFile file = disk.open(name)) {
        FileHeader header = header(file, name, store);
        mustFollow(header, expected, found);
        store = header.store();
        Segment segment = scan(file, header, i == wanted.size() - 1);
        expected = segment.nextSequence();
        found.add(segment);
      }
    }
    return found;
  }

  private static FileHeader header(DiskFile file, String name, UUID store) throws IOException {
    FileHeader header = FileHeader.read(file, FileHeader.Kind.SEGMENT, name).mustBe(name);
    if (store != null && !store.equals(header.store())) {
      throw new DamageException(
          name, 0, "it belongs to store " + header.store() + ", not " + store);
    }
    if (file.size() != header.octets()) {
      throw new DamageException(
          name, file.size(), "the file should be " + header.octets() + " octets long");
    }
    return header;
  }

  private static void mustFollow(FileHeader header, long expected, List<Segment> before)
      throws DamageException {
    if (header.sequence() == expected) {
      return;
    }
    if (before.isEmpty() || header.sequence() < expected) {
      throw new DamageException(
          header.fileName(),
          0,
          "it begins with batch " + header.sequence() + " where " + expected + " is due");
    }
    Segment last = before.get(before.size() - 1);
    throw new DamageException(
        last.header().fileName(),
        last.end(),
        "batch " + expected + " was durable once and is not readable");
  }

  private Segment scan(DiskFile file, FileHeader header, boolean last) throws IOException {
    SegmentScan scan = new SegmentScan(file, header, header.octets());
    long expected = header.sequence();
    long before = scan.at();
    boolean sealed = false;
    for (FrameFormat.Head head = scan.next(); head != null; head = scan.next()) {
      sealed = head.sealed();
      if (head.firstSequence() != expected) {
        throw new DamageException(
            header.fileName(),
            before,
            "batch " + head.firstSequence() + " where " + expected + " is the next");
      }
      expected += head.batches();
      before = scan.at();
      byte[] octets = scan.octets();
      for (int at = scan.bodyAt(); at < scan.bodyEnd(); at += RecordFormat.octets(octets, at)) {
        if (RecordFormat.type(octets, at) == RecordFormat.NOTE) {
          note(RecordFormat.note(octets, at));
        }
      }
    }
    if (scan.provesLoss(expected)) {
      throw new DamageException(
          header.fileName(),
          scan.at(),
          "batch " + expected + " was durable once and is not readable");
    }
    if (last && sealed) {
      throw new DamageException(
          FileHeader.Kind.SEGMENT.fileName(header.number() + 1), 0, "the file is missing");
    }
    if (last && !distrusted) {
      mend(file, header, scan);
    }
    return new Segment(header, scan.at(), expected);
  }

  /**
   * Clears what an unfinished write has left, and makes sure that what was read is on the medium.
   */
  private void mend(DiskFile file, FileHeader header, SegmentScan scan) throws IOException {
    long end = scan.at();
    long dirty = scan.dirtyEnd();
    if (dirty > end) {
      ByteBuffer zeros = ByteBuffer.allocate(FileHeader.BLOCK);
      for (long at = end; at < dirty; at += FileHeader.BLOCK) {
        file.write(at, zeros.clear());
      }
      repairs.add(
          header.fileName()
              + ": "
              + (dirty - end)
              + " octets of an unfinished write cleared at octet "
              + end);
    }
    file.force(true);
  }

  private Table writeAnew(Table checkpoint, List<Segment> segments) throws IOException {
    Segment last = segments.get(segments.size() - 1);
    FileHeader header = last.tableHeader(FileHeader.INITIAL);
    repairs.add("a sync had failed: all data written anew to " + header.fileName());
    return new Compaction(disk, octets -> {}).run(checkpoint, segments, header);
  }

  private ActiveSegment begin(SegmentPool pool, Table checkpoint) throws IOException {
    pool.prepare(Math.min(settings.segmentOctets(), FIRST_SEGMENT_OCTETS));
    if (checkpoint == null) {
      return pool.take(identities.get(), 1, 1);
    }
    FileHeader header = checkpoint.header();
    return pool.take(header.store(), header.number(), header.sequence() + 1);
  }

  private ActiveSegment resume(List<Segment> segments, int last) throws IOException {
    Segment segment = segments.get(last);
    DiskFile file = disk.open(segment.header().fileName());
    return new ActiveSegment(file, segment.header(), segment.end(), segment.nextSequence());
  }

  /** Deletes what a complete checkpoint holds as well. */
  private void dropOld(List<String> names, Table checkpoint) throws IOException {
    if (checkpoint == null) {
      return;
    }
    long number = checkpoint.header().number();
    for (String name : names) {
      boolean old =
          FileHeader.Kind.TABLE.names(name) && FileHeader.Kind.TABLE.numberOf(name) < number
              || FileHeader.Kind.SEGMENT.names(name)
                  && FileHeader.Kind.SEGMENT.numberOf(name) < number;
      if (old) {
        disk.delete(name);
      }
    }
    disk.sync();
  }
}
