// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import io.leasehold.lease.LeaseSink;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Some frames of a segment in memory, and which of their records belong to which share. Filled by
 * one thread, split by another, read by all; each after the one before is done.
 */
final class JournalChunk {
  private static final int OCTETS = 1 << 20;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final int[][] records;
  private final int[] counts;
  private byte[] octets = new byte[0];
  private ByteBuffer view = ByteBuffer.wrap(octets);
  private Segment segment;
  private long start;
  private long sequence;
  private int filled;

  /** Splits into so many shares. */
  JournalChunk(int shares) {
    records = new int[shares][64];
    counts = new int[shares];
  }

  /**
   * Reads whole frames, as many as fit but at least one, without checking them.
   *
   * @param from the segment they belong to
   * @param at where they begin in its file
   * @param first sequence that the first of them must have
   */
  void fill(DiskFile file, Segment from, long at, long first) throws IOException {
    segment = from;
    start = at;
    sequence = first;
    read(file, OCTETS);
    int wanted = framePadded(0);
    if (wanted > filled) {
      read(file, wanted);
    }
  }

  private void read(DiskFile file, int wanted) throws IOException {
    int length = (int) Math.min(wanted, segment.end() - start);
    if (octets.length < length) {
      octets = new byte[length];
      view = ByteBuffer.wrap(octets);
    }
    file.read(start, view.clear().limit(length));
    int there = view.position();
    view.clear();
    int at = 0;
    while (at < there && at + framePadded(at) <= there) {
      at += framePadded(at);
    }
    filled = at == 0 ? there : at;
    if (filled < FrameFormat.HEADER) {
      throw noMore(0);
    }
  }

  private int framePadded(int at) throws DamageException {
    int length = FrameFormat.claimedLength(view, at);
    if (length < 0 || length > segment.end() - start - at) {
      throw noMore(at);
    }
    return FrameFormat.padded(length);
  }

  private DamageException noMore(int at) {
    return new DamageException(
        segment.header().fileName(), start + at, "a frame that was good is no more");
  }

  /** Where the frames end in the file. */
  long end() {
    return start + filled;
  }

  /** Sequence of the batch after the last of this chunk, as its unchecked frames say. */
  long nextSequence() throws DamageException {
    long next = sequence;
    for (int at = 0; at < filled; at += framePadded(at)) {
      next += FrameFormat.claimedBatches(view, at);
    }
    return next;
  }

  /** Checks all frames and notes which lease records belong to which share. */
  void split() throws IOException {
    Arrays.fill(counts, 0);
    long next = sequence;
    for (int at = 0; at < filled; at += framePadded(at)) {
      FrameFormat.Head head = FrameFormat.check(view, at, segment.header().number());
      if (head == null || head.firstSequence() != next) {
        throw noMore(at);
      }
      int from = at + FrameFormat.HEADER;
      int to = at + head.length();
      if (!RecordFormat.isWhole(octets, from, to, head.records())) {
        throw noMore(at);
      }
      next += head.batches();
      for (int record = from; record < to; record += RecordFormat.octets(octets, record)) {
        if (RecordFormat.type(octets, record) != RecordFormat.NOTE) {
          add(share(record), record);
        }
      }
    }
  }

  private void add(int share, int record) {
    if (counts[share] == records[share].length) {
      records[share] = Arrays.copyOf(records[share], 2 * counts[share]);
    }
    records[share][counts[share]++] = record;
  }

  /** By all octets of the key, so that a crowded subnet is not one share. */
  private int share(int record) {
    int key = record + RecordFormat.HEADER;
    long mixed = (long) LONG.get(octets, key) * 0x9e37_79b9_7f4a_7c15L;
    mixed = (mixed ^ (long) LONG.get(octets, key + 8) ^ mixed >>> 29) * 0xbf58_476d_1ce4_e5b9L;
    mixed = (mixed ^ (long) LONG.get(octets, key + 14) ^ mixed >>> 32) * 0x94d0_49bb_1331_11ebL;
    return (int) ((mixed >>> 33) % counts.length);
  }

  /** Gives the lease records of one share in order. */
  void give(int share, LeaseSink sink) {
    new LeaseRecords(octets, records[share], counts[share]).giveTo(sink);
  }

  /** How many lease records there are. */
  int size() {
    return Arrays.stream(counts).sum();
  }
}
