// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import io.leasehold.lease.NoteChange;
import io.leasehold.net.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Finds out what a directory holds, mends what a crash may leave, and refuses what a crash cannot
 * explain. Nothing that was acknowledged is ever dropped to get the store open.
 */
final class Recovery {
  /** A new store begins small, so that it is open at once. */
  private static final int FIRST_SEGMENT_OCTETS = 16 << 20;

  private final Disk disk;
  private final JournalSettings settings;
  private final JournalTools tools;
  private final SegmentPool pool;
  private final Map<String, Bytes> notes = new ConcurrentHashMap<>();
  private final List<String> repairs = new ArrayList<>();
  private boolean distrusted;

  Recovery(Disk disk, JournalSettings settings, JournalTools tools) {
    this.disk = disk;
    this.settings = settings;
    this.tools = tools;
    this.pool = new SegmentPool(disk, settings.segmentOctets());
  }

  /**
   * Opens the store.
   *
   * @param distrust whether a sync has failed: then what can be read need not be on the medium, and
   *     all of it is written anew to files of its own before it is relied upon
   */
  Journal open(boolean distrust) throws IOException {
    List<String> names = disk.list();
    this.distrusted = distrust;
    // Whoever was here before may have been killed before its names were durable; from now on they
    // are relied upon.
    disk.sync();
    for (String name : names) {
      if (name.endsWith(JournalFiles.TEMPORARY)) {
        disk.delete(name);
      }
    }
    Table checkpoint = checkpoint(names);
    List<Segment> segments = segments(names, checkpoint);
    if (distrusted && !segments.isEmpty()) {
      checkpoint = writeAnew(checkpoint, segments);
      segments = List.of();
    }
    dropOld(names, checkpoint);
    ActiveSegment active =
        segments.isEmpty() ? begin(checkpoint) : resume(segments, segments.size() - 1);
    if (segments.isEmpty()) {
      segments = List.of(active.written());
    }
    JournalFiles files = new JournalFiles(disk, checkpoint, segments);
    return new Journal(new Journal.Parts(disk, settings, pool, files, notes, repairs), active);
  }

  private Table checkpoint(List<String> names) throws IOException {
    String newest = new StoreNames(names).checkpoint();
    if (newest == null) {
      return null;
    }
    FileHeader header;
    try (DiskFile file = disk.open(newest)) {
      header = FileHeader.read(file, FileHeader.Kind.TABLE, newest).mustBe(newest);
    }
    AtomicLong found = new AtomicLong();
    Table table =
        new TableBlocks(disk, header)
            .forEach(tools.workers(), (octets, from, to) -> count(octets, from, to, found));
    if (table.leases() != found.get() || table.notes() != notes.size()) {
      throw new DamageException(
          newest,
          table.octets() - TableBlock.HEADER - TableBlock.LAST_LENGTH,
          "it holds " + found + " leases where " + table.leases() + " were written");
    }
    return table;
  }

  private void count(byte[] octets, int from, int to, AtomicLong leases) {
    int found = 0;
    for (int at = from; at < to; at += RecordFormat.octets(octets, at)) {
      if (RecordFormat.type(octets, at) == RecordFormat.NOTE) {
        note(RecordFormat.note(octets, at));
      } else {
        found++;
      }
    }
    leases.addAndGet(found);
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
    List<String> wanted = new StoreNames(names).segmentsFrom(first);
    if (wanted.isEmpty() && checkpoint != null && !checkpoint.header().isInitial()) {
      throw new DamageException(FileHeader.Kind.SEGMENT.fileName(first), 0, "the file is missing");
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (FileHeader.Kind.SEGMENT.numberOf(wanted.get(i)) != first + i) {
        throw new DamageException(
            FileHeader.Kind.SEGMENT.fileName(first + i), 0, "the file is missing");
      }
    }
    return inOrder(scanned(wanted, checkpoint), checkpoint);
  }

  /** Reads segments side by side. */
  private List<ScannedSegment> scanned(List<String> names, Table checkpoint) throws IOException {
    UUID store = checkpoint == null ? null : checkpoint.header().store();
    List<ScannedSegment> found = new ArrayList<>();
    for (String name : names) {
      try (DiskFile file = disk.open(name)) {
        FileHeader header = header(file, name, store);
        store = header.store();
        found.add(new ScannedSegment(header));
      }
    }
    tools.workers().run(found.stream().<Workers.Piece>map(each -> () -> each.read(disk)).toList());
    return found;
  }

  private List<Segment> inOrder(List<ScannedSegment> scanned, Table checkpoint) throws IOException {
    long expected = checkpoint == null ? 1 : checkpoint.header().sequence() + 1;
    List<Segment> found = new ArrayList<>();
    for (ScannedSegment next : scanned) {
      mustFollow(next.header(), expected, found);
      Segment segment = next.segment();
      boolean last = found.size() == scanned.size() - 1;
      if (last && next.isSealed()) {
        throw new DamageException(
            FileHeader.Kind.SEGMENT.fileName(next.header().number() + 1), 0, "the file is missing");
      }
      if (last && !distrusted) {
        mend(next);
      }
      next.notes().forEach(this::note);
      expected = segment.nextSequence();
      found.add(segment);
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

  /**
   * Makes sure that what was read of the last segment is on the medium. What its last process wrote
   * and could not sync, because it was killed or because the sync failed, can be read and need not
   * be durable; nor does the system say so, for it tells of a failed sync once. So all of it goes
   * to a new file, without what an unfinished write has left. Writing it again in place would put
   * at risk what is durable.
   */
  private void mend(ScannedSegment last) throws IOException {
    Segment segment = last.segment();
    if (last.isClosed()) {
      closeAgain(segment);
      return;
    }
    pool.renew(segment);
    long unfinished = last.dirtyEnd() - segment.end();
    if (unfinished > 0) {
      repairs.add(
          segment.header().fileName()
              + ": "
              + unfinished
              + " octets of an unfinished write cleared at octet "
              + segment.end());
    }
  }

  /** All before the closing frame was synced before that was written, which nobody would miss. */
  private void closeAgain(Segment segment) throws IOException {
    try (DiskFile file = disk.open(segment.header().fileName())) {
      ByteBuffer closing = ByteBuffer.allocate(FileHeader.BLOCK);
      long at = segment.end() - FileHeader.BLOCK;
      file.read(at, closing);
      file.write(at, closing.flip());
      file.force(true);
    }
  }

  private Table writeAnew(Table checkpoint, List<Segment> segments) throws IOException {
    Segment last = segments.get(segments.size() - 1);
    FileHeader header = last.tableHeader(FileHeader.INITIAL);
    repairs.add("a sync had failed: all data written anew to " + header.fileName());
    return new Compaction(disk, Pace.AT_ONCE).run(checkpoint, segments, header);
  }

  private ActiveSegment begin(Table checkpoint) throws IOException {
    pool.prepare(Math.min(settings.segmentOctets(), FIRST_SEGMENT_OCTETS));
    if (checkpoint == null) {
      return pool.take(tools.identities().get(), 1, 1);
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
