// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import io.leasehold.net.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An open journal. Written by the store thread; {@link #prepare} and {@link #compact} belong to the
 * housekeeper.
 */
final class Journal {
  /** A group commit takes no more than this, unless one batch alone is larger. */
  static final int GROUP_OCTETS = 1 << 20;

  private final Disk disk;
  private final JournalSettings settings;
  private final SegmentPool pool;
  private final JournalFiles files;
  private final Map<String, Bytes> notes;
  private final List<String> repairs;
  private ActiveSegment active;
  private ByteBuffer frame = ByteBuffer.allocateDirect(GROUP_OCTETS + 2 * FileHeader.BLOCK);
  private long durable;

  Journal(
      Disk disk,
      JournalSettings settings,
      SegmentPool pool,
      JournalFiles files,
      ActiveSegment active,
      Map<String, Bytes> notes,
      List<String> repairs) {
    this.disk = disk;
    this.settings = settings;
    this.pool = pool;
    this.files = files;
    this.active = active;
    this.notes = notes;
    this.repairs = repairs;
    this.durable = active.nextSequence() - 1;
  }

  JournalFiles files() {
    return files;
  }

  Disk disk() {
    return disk;
  }

  Map<String, Bytes> notes() {
    return notes;
  }

  List<String> repairs() {
    return repairs;
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
    }
    long first = active.nextSequence();
    ByteBuffer into = room(FrameFormat.padded(length));
    for (Waiting batch : group) {
      into.put(batch.records());
    }
    FrameFormat.Head head = new FrameFormat.Head(length, records, first, durable, group.size());
    FrameFormat.close(into, active.header().number(), head);
    active.write(into, group.size());
    if (settings.sync() == JournalSettings.Sync.GROUP) {
      sync();
    }
    files.advance(active.written());
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
    pool.prepare();
    sync();
    Segment full = active.written();
    ActiveSegment next = pool.take(store(), active.header().number() + 1, active.nextSequence());
    active.close();
    active = next;
    files.roll(full, next.written());
  }

  /** Number of the segment that is written. */
  long segmentNumber() {
    return active.header().number();
  }

  /** Whether the written segment holds nothing. */
  boolean isRolled() {
    return active.isEmpty();
  }

  /** Whether everything written is durable. */
  boolean isSynced() {
    return !active.isUnsynced();
  }

  /** Makes the next segment ready. */
  void prepare() throws NoRoomException {
    pool.prepare();
  }

  /** Whether a checkpoint is worth its cost: the journal has become larger than the last one. */
  boolean wantsCompaction() {
    JournalFiles.View view = files.view();
    long table = view.checkpoint() == null ? 0 : view.checkpoint().octets();
    return view.sealedOctets() >= Math.max(table, settings.segmentOctets());
  }

  /** Replaces checkpoint and sealed segments by a new checkpoint. */
  void compact(Pace pace) throws IOException {
    JournalFiles.View view = files.view();
    if (view.sealed().isEmpty()) {
      return;
    }
    Segment last = view.sealed().get(view.sealed().size() - 1);
    FileHeader header =
        new FileHeader(
            FileHeader.Kind.TABLE,
            last.header().store(),
            last.header().number() + 1,
            last.nextSequence() - 1,
            0,
            0);
    files.replace(new Compaction(disk, pace).run(view.checkpoint(), view.sealed(), header));
  }

  /**
   * Ends the journal in good order: a closing frame shows at the next start that nothing is missing
   * before it.
   */
  void finish() throws IOException {
    sync();
    if (!active.isEmpty() && active.fits(FileHeader.BLOCK)) {
      FrameFormat.Head head =
          new FrameFormat.Head(FrameFormat.HEADER, 0, active.nextSequence(), durable, 0);
      ByteBuffer into = room(FileHeader.BLOCK);
      FrameFormat.close(into, active.header().number(), head);
      active.write(into, 0);
      active.force();
    }
  }

  /** Lets go of all files, as they are. */
  void release() throws IOException {
    active.close();
    pool.close();
    disk.close();
  }
}
