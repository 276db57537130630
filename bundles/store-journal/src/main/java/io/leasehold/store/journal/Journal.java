// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import io.leasehold.net.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An open journal. Written by the store thread; {@link #prepareAhead} and {@link #compact} belong
 * to the housekeeper.
 */
final class Journal {
  /**
   * The next segment is prepared when this part of the written one is used: not at every start, and
   * not too late.
   */
  private static final int PREPARE_FROM = 8;

  /** Until half of the written segment is used, the next is prepared that many times slower. */
  private static final int LEISURE = 4;

  /**
   * So many sealed segments are read in a moment at a start. While there are fewer, a checkpoint
   * would only take processor and disk from those who wait for a lease.
   */
  private static final int CHECKPOINT_FROM = 4;

  private final Parts parts;
  private ActiveSegment active;
  private final ByteBuffer frame;
  private long durable;

  Journal(Parts parts, ActiveSegment active) {
    this.parts = parts;
    this.active = active;
    this.durable = active.nextSequence() - 1;
    int octets = FrameFormat.padded(FrameFormat.HEADER + parts.settings.groupOctets());
    this.frame =
        ByteBuffer.allocateDirect(octets + FileHeader.BLOCK).alignedSlice(FileHeader.BLOCK);
  }

  /**
   * What an open journal is made of.
   *
   * @param notes the notes that were found
   * @param repairs what was mended
   */
  record Parts(
      Disk disk,
      JournalSettings settings,
      SegmentPool pool,
      JournalFiles files,
      Map<String, Bytes> notes,
      List<String> repairs) {}

  JournalFiles files() {
    return parts.files;
  }

  Disk disk() {
    return parts.disk;
  }

  Map<String, Bytes> notes() {
    return parts.notes;
  }

  List<String> repairs() {
    return parts.repairs;
  }

  UUID store() {
    return active.header().store();
  }

  /**
   * Writes batches as one frame; gives the sequence of the first. They are durable unless syncing
   * is loosened.
   *
   * @throws NoRoomException if nothing was written and nothing else is in doubt
   */
  long write(List<Waiting> group) throws IOException {
    int length = FrameFormat.HEADER;
    int records = 0;
    for (Waiting batch : group) {
      length += batch.records().remaining();
      records += batch.count();
    }
    if (!active.fits(FrameFormat.padded(length))) {
      roll();
      if (!active.fits(FrameFormat.padded(length))) {
        throw new IOException("a frame of " + length + " octets does not fit into a segment");
      }
    }
    long first = active.nextSequence();
    ByteBuffer into = room(FrameFormat.padded(length));
    for (Waiting batch : group) {
      into.put(batch.records());
    }
    FrameFormat.Head head =
        new FrameFormat.Head(length, records, first, durable, group.size(), false);
    FrameFormat.close(into, active.header().number(), head);
    if (parts.settings.sync() == JournalSettings.Sync.GROUP) {
      active.writeDurably(into, group.size());
      durable = active.nextSequence() - 1;
    } else {
      active.write(into, group.size());
    }
    parts.files.advance(active.written());
    return first;
  }

  private ByteBuffer room(int octets) {
    ByteBuffer into = octets <= frame.capacity() ? frame : ByteBuffer.allocate(octets);
    return into.clear().position(FrameFormat.HEADER);
  }

  /** Makes everything written durable. */
  void sync() throws IOException {
    if (active.isUnsynced()) {
      active.force();
      durable = active.nextSequence() - 1;
    }
  }

  /** Goes on in a new segment. */
  void roll() throws IOException {
    parts.pool.prepare();
    sync();
    ActiveSegment next =
        parts.pool.take(store(), active.header().number() + 1, active.nextSequence());
    writeClosing(true);
    Segment full = active.written();
    active.close();
    active = next;
    parts.files.roll(full, next.written());
  }

  /** Whether the written segment holds nothing. */
  boolean isRolled() {
    return active.isEmpty();
  }

  /** Whether everything written is durable. */
  boolean isSynced() {
    return !active.isUnsynced();
  }

  /** Makes the next segment ready, without waiting for anything. */
  void prepare() throws NoRoomException {
    parts.pool.prepare();
  }

  /** Makes the next segment ready in time, and slowly, so that commits are not held up. */
  void prepareAhead(Pace pace) throws NoRoomException {
    parts.pool.prepareAhead(octets -> pace.wrote(isUsed(2) ? octets : LEISURE * octets));
  }

  /** Whether the written segment is so far filled that the next should be ready. */
  boolean wantsSegment() {
    return isUsed(PREPARE_FROM);
  }

  private boolean isUsed(int part) {
    Segment tail = parts.files.view().tail();
    return tail.used() >= tail.header().octets() / part;
  }

  /** Lets background work give up soon, because the files are about to be closed. */
  void abort() {
    parts.pool.abort();
    parts.files.abort();
  }

  /** Whether a checkpoint is worth its cost: the journal has become larger than the last one. */
  boolean wantsCompaction() {
    return journalPerTable() >= 1;
  }

  /**
   * How many times larger the journal is than the last checkpoint, or than what is not worth one.
   */
  long journalPerTable() {
    JournalFiles.View view = parts.files.view();
    long table = view.checkpoint() == null ? 0 : view.checkpoint().octets();
    long least = (long) CHECKPOINT_FROM * parts.settings.segmentOctets();
    return view.sealedOctets() / Math.max(table, least);
  }

  /** Replaces checkpoint and sealed segments by a new checkpoint. */
  void compact(Pace pace) throws IOException {
    JournalFiles.View view = parts.files.view();
    if (view.sealed().isEmpty()) {
      return;
    }
    Segment last = view.sealed().get(view.sealed().size() - 1);
    FileHeader header = last.tableHeader(0);
    parts.files.replace(
        new Compaction(parts.disk, pace).run(view.checkpoint(), view.sealed(), header));
  }

  /**
   * Ends the journal in good order: a closing frame shows at the next start that nothing is missing
   * before it.
   */
  void finish() throws IOException {
    sync();
    if (!active.isEmpty() && active.fits(FileHeader.BLOCK)) {
      writeClosing(false);
    }
  }

  /** There is always room for the closing frame of a segment that is sealed. */
  private void writeClosing(boolean sealed) throws IOException {
    ByteBuffer into = room(FileHeader.BLOCK);
    FrameFormat.Head head = FrameFormat.Head.closing(active.nextSequence(), sealed);
    FrameFormat.close(into, active.header().number(), head);
    active.write(into, 0);
    active.force();
  }

  /** Lets go of all files, as they are; of the directory even if a file does not close. */
  void release() throws IOException {
    try {
      active.close();
    } finally {
      try {
        parts.pool.close();
      } finally {
        parts.disk.close();
      }
    }
  }
}
