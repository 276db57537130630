// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import io.leasehold.lease.StoreCheck;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads the files of a store and tells everything about them that is not as it was written. Unlike
 * {@link Recovery} it goes on behind a damage, and changes nothing. Used once, by one thread.
 */
final class StoreChecker {
  private final Disk disk;
  private final Workers workers;
  private final List<String> damages = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private int files;
  private long octets;
  private long records;
  private UUID store;
  private long expected = 1;

  StoreChecker(Disk disk, Workers workers) {
    this.disk = disk;
    this.workers = workers;
  }

  /** Checks the files of an open store, of which no more is read than was acknowledged. */
  StoreCheck of(JournalFiles.View view) throws IOException {
    if (view.checkpoint() != null) {
      table(view.checkpoint().header().fileName());
    }
    for (Segment segment : view.sealed()) {
      segment(segment.header().fileName(), Long.MAX_VALUE, false);
    }
    segment(view.tail().header().fileName(), view.tail().end(), true);
    return result();
  }

  /** Checks the files of a store that is not open. */
  StoreCheck ofAll() throws IOException {
    StoreNames names = new StoreNames(disk.list());
    long number = 1;
    if (names.checkpoint() != null) {
      table(names.checkpoint());
      number = FileHeader.Kind.TABLE.numberOf(names.checkpoint());
    }
    List<String> segments = names.segmentsFrom(number);
    for (String name : segments) {
      if (!name.equals(FileHeader.Kind.SEGMENT.fileName(number))) {
        damages.add(
            new DamageException(FileHeader.Kind.SEGMENT.fileName(number), 0, "the file is missing")
                .getMessage());
        number = FileHeader.Kind.SEGMENT.numberOf(name);
        expected = -1;
      }
      number++;
      segment(name, Long.MAX_VALUE, number == names.afterLast());
    }
    return result();
  }

  private StoreCheck result() {
    return new StoreCheck(files, octets, records, damages, remarks);
  }

  private void table(String name) throws IOException {
    files++;
    try {
      FileHeader header;
      try (DiskFile file = disk.open(name)) {
        header = FileHeader.read(file, FileHeader.Kind.TABLE, name).mustBe(name);
      }
      expected = header.sequence() + 1;
      store = header.store();
      AtomicLong found = new AtomicLong();
      Table table =
          new TableBlocks(disk, header)
              .forEach(workers, (block, from, to) -> count(block, from, to, found));
      if (found.get() != table.leases() + table.notes()) {
        throw new DamageException(
            name,
            table.octets(),
            "it holds " + found + " records where others were counted at its end");
      }
      records += found.get();
      octets += table.octets();
    } catch (DamageException e) {
      damages.add(e.getMessage());
    }
  }

  private static void count(byte[] block, int from, int to, AtomicLong found) {
    int count = 0;
    for (int at = from; at < to; at += RecordFormat.octets(block, at)) {
      count++;
    }
    found.addAndGet(count);
  }

  private void segment(String name, long limit, boolean last) throws IOException {
    files++;
    try {
      FileHeader header;
      try (DiskFile file = disk.open(name)) {
        header = FileHeader.read(file, FileHeader.Kind.SEGMENT, name).mustBe(name);
        if (file.size() != header.octets()) {
          throw new DamageException(
              name, file.size(), "the file should be " + header.octets() + " octets long");
        }
      }
      if (store != null && !store.equals(header.store())) {
        throw new DamageException(name, 0, "it belongs to store " + header.store());
      }
      store = header.store();
      if (expected >= 0 && header.sequence() != expected) {
        throw new DamageException(
            name,
            0,
            "it begins with batch " + header.sequence() + " where " + expected + " is due");
      }
      read(new ScannedSegment(header, Math.min(limit, header.octets())), limit, last);
    } catch (DamageException e) {
      damages.add(e.getMessage());
      expected = -1;
    }
  }

  private void read(ScannedSegment segment, long limit, boolean last) throws IOException {
    String name = segment.header().fileName();
    segment.read(disk);
    records += segment.records();
    octets += segment.segment().end();
    expected = segment.segment().nextSequence();
    if (last && limit != Long.MAX_VALUE && segment.segment().end() != limit) {
      throw new DamageException(name, segment.segment().end(), "a frame that was good is no more");
    }
    if (last && limit == Long.MAX_VALUE && segment.isSealed()) {
      throw new DamageException(
          FileHeader.Kind.SEGMENT.fileName(segment.header().number() + 1),
          0,
          "the file is missing");
    }
    long left = segment.dirtyEnd() - segment.segment().end();
    if (last && left > 0) {
      remarks.add(
          name
              + ": an unfinished write of "
              + left
              + " octets at octet "
              + segment.segment().end()
              + ", which the next start clears");
    }
  }
}
