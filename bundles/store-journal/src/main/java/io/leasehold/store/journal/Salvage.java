// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import io.leasehold.lease.StoreRepair;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Takes everything out of damaged files that checks, and makes a store of it: an operator's last
 * resort, never done unasked. Used once, by one thread.
 */
final class Salvage {
  /** Ends the names of files that were set aside; they are no part of the store any more. */
  static final String ASIDE = ".damaged";

  private static final String RUN = "salvage-";

  private final Disk disk;
  private final StoreNames names;
  private final SortedRuns runs;
  private final FileHeader scratch;
  private final Set<String> losses;
  private long expected = -1;

  /**
   * Salvages from a directory.
   *
   * @param identity of the store that is made
   * @param damages what a check has found
   */
  Salvage(Disk disk, UUID identity, List<String> damages) throws IOException {
    this.disk = disk;
    this.losses = new LinkedHashSet<>(damages);
    this.names = new StoreNames(disk.list());
    this.scratch =
        new FileHeader(
            FileHeader.Kind.TABLE, identity, names.afterLast() + 1, 0, 0, FileHeader.INITIAL);
    this.runs = new SortedRuns(disk, scratch, Pace.AT_ONCE, RUN);
  }

  /** Does it, or only says what would be done. */
  StoreRepair run(boolean really) throws IOException {
    try {
      long number = 0;
      if (names.checkpoint() != null) {
        number = table(names.checkpoint());
      }
      for (String name : names.segmentsFrom(number)) {
        segment(name);
      }
      return write(runs.finish(), really);
    } finally {
      for (String run : runs.names()) {
        disk.delete(run);
      }
    }
  }

  /** Gives the number of the first segment that is not in the table; 0: any may be. */
  private long table(String name) throws IOException {
    try (DiskFile file = disk.open(name)) {
      FileHeader header;
      try {
        header = FileHeader.read(file, FileHeader.Kind.TABLE, name).mustBe(name);
        expected = header.sequence() + 1;
      } catch (DamageException e) {
        losses.add(e.getMessage());
      }
      long number = FileHeader.Kind.TABLE.numberOf(name);
      blocks(new TableBlock(file, name, number), file.size());
      return number;
    }
  }

  private void blocks(TableBlock block, long size) throws IOException {
    long at = FileHeader.BLOCK;
    while (at < size) {
      try {
        long next = block.readAny(at);
        if (block.isLast()) {
          return;
        }
        take(block.octets(), TableBlock.HEADER, block.end());
        at = next;
      } catch (DamageException e) {
        losses.add(e.getMessage());
        at = block.search(at + 1);
      }
    }
  }

  private void segment(String name) throws IOException {
    long number = FileHeader.Kind.SEGMENT.numberOf(name);
    try (DiskFile file = disk.open(name)) {
      FileHeader header =
          new FileHeader(FileHeader.Kind.SEGMENT, scratch.store(), number, 0, file.size(), 0);
      SegmentScan scan = new SegmentScan(file, header, file.size());
      boolean more = true;
      while (more) {
        FrameFormat.Head head = next(scan);
        if (head != null) {
          follow(name, scan.at() - head.padded(), head);
          take(scan.octets(), scan.bodyAt(), scan.bodyEnd());
        } else {
          long from = scan.at();
          more = scan.skip();
          if (more) {
            losses.add(name + ": octets " + from + " to " + (scan.at() - 1) + " are not readable");
          }
        }
      }
    }
  }

  private FrameFormat.Head next(SegmentScan scan) throws IOException {
    try {
      return scan.next();
    } catch (DamageException e) {
      losses.add(e.getMessage());
      return null;
    }
  }

  private void follow(String name, long at, FrameFormat.Head head) {
    if (expected >= 0 && head.firstSequence() > expected) {
      losses.add(
          name
              + ": batches "
              + expected
              + " to "
              + (head.firstSequence() - 1)
              + " are lost before octet "
              + at);
    }
    expected = Math.max(expected, head.lastSequence() + 1);
  }

  private void take(byte[] octets, int from, int to) throws IOException {
    for (int at = from; at < to; at += RecordFormat.octets(octets, at)) {
      runs.add(octets, at);
    }
  }

  private StoreRepair write(List<String> sorted, boolean really) throws IOException {
    if (!really || losses.isEmpty()) {
      long leases = 0;
      long notes = 0;
      try (MergedTables merged = new MergedTables(disk, null, sorted, Pace.AT_ONCE)) {
        while (merged.next()) {
          boolean note = RecordFormat.type(merged.octets(), merged.at()) == RecordFormat.NOTE;
          leases += note ? 0 : 1;
          notes += note ? 1 : 0;
        }
      }
      return new StoreRepair(leases, notes, List.copyOf(losses), false);
    }
    FileHeader header =
        new FileHeader(
            FileHeader.Kind.TABLE,
            scratch.store(),
            scratch.number(),
            Math.max(expected - 1, 0),
            0,
            FileHeader.INITIAL);
    Table made = new Compaction(disk, Pace.AT_ONCE).merge(null, sorted, header);
    for (String name : names.all()) {
      if (FileHeader.Kind.TABLE.names(name) || FileHeader.Kind.SEGMENT.names(name)) {
        disk.rename(name, name + ASIDE);
      }
    }
    disk.sync();
    return new StoreRepair(made.leases(), made.notes(), List.copyOf(losses), true);
  }
}
