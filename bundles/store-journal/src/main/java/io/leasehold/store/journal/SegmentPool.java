// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * Keeps one segment file ready, zero-filled, because small syncs inside such a file are several
 * times cheaper than in a file that grows. Shared by the thread that prepares and the one that
 * commits: a commit that needs a segment which is just being made has to wait for it, hence the
 * lock.
 */
final class SegmentPool {
  private static final String NAME = "segment" + JournalFiles.TEMPORARY;

  /** Written at once: a commit does not wait behind more of the zeros than this. */
  private static final int STEP = 256 << 10;

  private final Disk disk;
  private final int segmentOctets;
  private DiskFile ready;
  private long readyOctets;
  private volatile boolean closed;
  private volatile boolean hurried;

  SegmentPool(Disk disk, int segmentOctets) {
    this.disk = disk;
    this.segmentOctets = segmentOctets;
  }

  /** Makes a segment ready if none is; somebody waits for it. */
  void prepare() throws NoRoomException {
    prepare(segmentOctets);
  }

  /** The same, of another length. */
  void prepare(int octets) throws NoRoomException {
    hurried = true;
    try {
      prepare(octets, Pace.AT_ONCE);
    } finally {
      hurried = false;
    }
  }

  /** Makes a segment ready if none is; slowly, unless somebody begins to wait for it. */
  void prepareAhead(Pace pace) throws NoRoomException {
    prepare(segmentOctets, pace);
  }

  private synchronized void prepare(int octets, Pace pace) throws NoRoomException {
    if (ready != null || closed) {
      return;
    }
    try {
      DiskFile file = disk.create(NAME);
      try {
        fill(file, octets, pace);
      } catch (IOException e) {
        file.close();
        disk.delete(NAME);
        throw e;
      }
      ready = file;
      readyOctets = octets;
    } catch (IOException e) {
      throw new NoRoomException(e);
    }
  }

  private void fill(DiskFile file, int octets, Pace pace) throws IOException {
    int step = Math.min(STEP, octets);
    ByteBuffer zeros =
        ByteBuffer.allocateDirect(step + FileHeader.BLOCK).alignedSlice(FileHeader.BLOCK);
    for (int at = 0; at < octets; at += step) {
      if (closed) {
        throw new IOException("the store is closing");
      }
      zeros.clear().limit(Math.min(step, octets - at));
      file.writeAhead(at, zeros);
      if (!hurried) {
        pace.wrote(step);
      }
    }
    file.force(true);
  }

  /**
   * Puts a segment under its name, durably, and gives it away.
   *
   * @throws NoRoomException if none could be made; otherwise its state is unknown
   */
  synchronized ActiveSegment take(UUID store, long number, long sequence) throws IOException {
    prepare();
    DiskFile file = ready;
    if (file == null) {
      throw new IOException("the store is closed");
    }
    ready = null;
    FileHeader header =
        new FileHeader(FileHeader.Kind.SEGMENT, store, number, sequence, readyOctets, 0);
    try {
      file.writeDurably(0, header.encode()); // as its frames will be, and under the name it has yet
      disk.rename(NAME, header.fileName());
      disk.sync();
    } catch (IOException e) {
      file.close();
      throw e;
    }
    return new ActiveSegment(file, header, FileHeader.BLOCK, sequence);
  }

  /**
   * Puts a copy of a segment, as far as it can be read, in its place, durably.
   *
   * @throws NoRoomException if there is no room for the copy
   */
  synchronized void renew(Segment old) throws IOException {
    prepare((int) old.header().octets());
    DiskFile copy = ready;
    ready = null;
    String name = old.header().fileName();
    try (copy;
        DiskFile from = disk.open(name)) {
      ByteBuffer octets = ByteBuffer.allocateDirect(STEP);
      for (long at = 0; at < old.end(); at += STEP) {
        octets.clear().limit((int) Math.min(STEP, old.end() - at));
        from.read(at, octets);
        copy.write(at, octets.flip());
      }
      copy.force(true);
    }
    disk.rename(NAME, name);
    disk.sync();
  }

  /** Lets whoever is preparing give up soon. */
  void abort() {
    closed = true;
  }

  /** Forgets what was made ready. */
  synchronized void close() throws IOException {
    closed = true;
    if (ready != null) {
      ready.close();
      ready = null;
      disk.delete(NAME);
    }
  }
}
