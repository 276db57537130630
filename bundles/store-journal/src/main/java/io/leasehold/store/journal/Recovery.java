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
  private final Map<String, Bytes> notes = new ConcurrentHashMap<>();
  private final List<String> repairs = new ArrayList<>();
  private boolean distrusted;

  Recovery(Disk disk, JournalSettings settings, JournalTools tools) {
    this.disk = disk;
    this.settings = settings;
    this.tools = tools;
  }

  /**
   * Opens the store.
   *
   * @param distrust whether a sync has failed: then what can be read need not be on the medium, and
   *     all of it is written anew to files of its own before it is relied upon
   */
  Journal open(boolean distrust) throws IOException {
    List<String> names = disk.list();
    boolean inDoubt = new StoreNames(names).areInDoubt();
    this.distrusted = distrust || inDoubt;
    if (distrust && !inDoubt) {
      // It could not be left when the sync failed; until all is written anew the next process has
      // to know.
      disk.create(StoreNames.IN_DOUBT).close();
    }
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
    SegmentPool pool = new SegmentPool(disk, settings.segmentOctets());
    ActiveSegment active =
        segments.isEmpty() ? begin(pool, checkpoint) : resume(segments, segments.size() - 1);
    if (segments.isEmpty()) {
      segments = List.of(active.written());
    }
    if (distrusted) {
      disk.delete(StoreNames.IN_DOUBT);
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
        mend(segment, next.dirtyEnd());
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
   * Clears what an unfinished write has left, and makes sure that what was read is on the medium.
   */
  private void mend(Segment segment, long dirty) throws IOException {
    String name = segment.header().fileName();
    long end = segment.end();
    try (DiskFile file = disk.open(name)) {
      if (dirty > end) {
        ByteBuffer zeros = ByteBuffer.allocate(FileHeader.BLOCK);
        for (long at = end; at < dirty; at += FileHeader.BLOCK) {
          file.write(at, zeros.clear());
        }
        repairs.add(
            name + ": " + (dirty - end) + " octets of an unfinished write cleared at octet " + end);
      }
      file.force(true);
    } catch (IOException e) {
      distrusted = true;
      StoreNames.leaveInDoubt(disk);
      throw e;
    }
  }

  /** Whether what can be read may not be on the medium; also if {@link #open} has failed. */
  boolean isDistrusted() {
    return distrusted;
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
