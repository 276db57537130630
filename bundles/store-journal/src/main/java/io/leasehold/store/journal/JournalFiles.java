// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Which files make up the store now. The store thread adds to it, the housekeeper takes away, a
 * replay reads; each takes a consistent view under the monitor. Files that a replay reads are kept
 * until it is done, hence the second lock: the reader cannot be asked to let go in between.
 */
final class JournalFiles {
  /** Ends the name of files that a crash leaves behind without meaning. */
  static final String TEMPORARY = ".tmp";

  /** How often a closing is looked for. */
  private static final long LOOK_MILLIS = 50;

  private final Disk disk;
  private final ReentrantReadWriteLock retention = new ReentrantReadWriteLock();
  private final List<Segment> sealed = new ArrayList<>();
  private Table checkpoint;
  private Segment tail;
  private volatile boolean closing;

  /**
   * Begins with what was found.
   *
   * @param checkpoint newest complete one, or null
   * @param segments all since, in order; the last is still written
   */
  JournalFiles(Disk disk, Table checkpoint, List<Segment> segments) {
    this.disk = disk;
    this.checkpoint = checkpoint;
    this.sealed.addAll(segments.subList(0, segments.size() - 1));
    this.tail = segments.get(segments.size() - 1);
  }

  /**
   * What the store consists of at one moment.
   *
   * @param checkpoint newest complete one, or null
   * @param sealed segments that are no longer written, in order
   * @param tail the segment that is written, up to the last acknowledged batch
   */
  record View(Table checkpoint, List<Segment> sealed, Segment tail) {
    /** All segments in order. */
    List<Segment> segments() {
      List<Segment> all = new ArrayList<>(sealed);
      all.add(tail);
      return all;
    }

    /** Octets of frames in sealed segments. */
    long sealedOctets() {
      long octets = 0;
      for (Segment segment : sealed) {
        octets += segment.used();
      }
      return octets;
    }

    /** Sequence of the last batch. */
    long lastSequence() {
      return tail.nextSequence() - 1;
    }
  }

  /** What there is now. */
  synchronized View view() {
    return new View(checkpoint, List.copyOf(sealed), tail);
  }

  /** Further batches of the written segment were acknowledged. */
  synchronized void advance(Segment written) {
    tail = written;
  }

  /** The written segment is full and another begins. */
  synchronized void roll(Segment full, Segment next) {
    sealed.add(full);
    tail = next;
  }

  /** A checkpoint is complete; what it holds is deleted. */
  void replace(Table complete) throws IOException {
    List<String> gone = new ArrayList<>();
    synchronized (this) {
      if (checkpoint != null) {
        gone.add(checkpoint.header().fileName());
      }
      checkpoint = complete;
      while (!sealed.isEmpty() && sealed.get(0).header().number() < complete.header().number()) {
        gone.add(sealed.remove(0).header().fileName());
      }
    }
    if (!awaitReaders()) {
      return;
    }
    try {
      for (String name : gone) {
        disk.delete(name);
      }
      disk.sync();
    } finally {
      retention.writeLock().unlock();
    }
  }

  /** False if the files are to be closed meanwhile: the next start deletes what is replaced. */
  private boolean awaitReaders() throws IOException {
    try {
      boolean alone = false;
      while (!alone && !closing) {
        alone = retention.writeLock().tryLock(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
      return alone;
    } catch (InterruptedException e) {
      throw new IOException("interrupted while waiting for readers", e);
    }
  }

  /** The files are about to be closed: nobody need wait for a reader. */
  void abort() {
    closing = true;
  }

  /** Keeps all files of later views until {@link #release}. */
  void retain() {
    retention.readLock().lock();
  }

  /** Undoes {@link #retain}, on the same thread. */
  void release() {
    retention.readLock().unlock();
  }
}
