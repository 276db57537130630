// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.memory;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Numbered things by hash: extendible hashing over segments of 128 places outside the heap. A full
 * segment is split in two, and nothing else moves, so that no call takes much longer than another
 * however many things there are. A place holds the hash too: only things with the same hash have to
 * be looked at. One thread at a time.
 */
public final class HashSegments {
  /** Nothing. */
  public static final int NONE = Records.NONE;

  private static final int PLACES = 128;
  private static final int MOST = PLACES * 7 / 8;
  private static final int FEW = PLACES / 8;
  private static final int JOINED = PLACES / 2;
  private static final int DEEPEST = 26;
  private static final long EMPTY = -1;

  private final Records segments;
  private final long[] moving = new long[PLACES];

  /** The segment of each beginning of a hash. */
  private int[] directory = {};

  private int depth;
  private byte[] counts = {};
  private byte[] depths = {};
  private int size;

  /** Empty. */
  public HashSegments(OffHeap memory) {
    this.segments = new Records(memory, PLACES * Long.BYTES);
  }

  private int segmentOf(int hash) {
    return directory[(int) ((hash & 0xffff_ffffL) >>> Integer.SIZE - depth)];
  }

  /**
   * The first place to look at for a hash; what is {@link #at} it has that hash, and {@link #NONE}
   * there ends the search.
   */
  public int first(int hash) {
    return size == 0 ? NONE : seek(hash, segmentOf(hash), hash & PLACES - 1);
  }

  /** The next place to look at after one with the same hash. */
  public int next(int hash, int place) {
    return seek(hash, place / PLACES, place + 1 & PLACES - 1);
  }

  private int seek(int hash, int segment, int from) {
    ByteBuffer page = segments.page(segment);
    int base = segments.at(segment);
    int at = from;
    while (true) {
      long entry = page.getLong(base + at * Long.BYTES);
      if (entry == EMPTY) {
        return NONE;
      }
      if ((int) (entry >>> Integer.SIZE) == hash) {
        return segment * PLACES + at;
      }
      at = at + 1 & PLACES - 1;
    }
  }

  /** What is at a place; {@link #NONE} if there is no such place. */
  public int at(int place) {
    return place == NONE ? NONE : (int) segments.getLong(place / PLACES, field(place));
  }

  private static int field(int place) {
    return (place & PLACES - 1) * Long.BYTES;
  }

  /** The place of something that is there. */
  public int placeOf(int hash, int item) {
    int place = first(hash);
    while (at(place) != item) {
      place = next(hash, place);
    }
    return place;
  }

  /** Puts another thing of the same hash in a place. */
  public void replace(int place, int item) {
    long entry = segments.getLong(place / PLACES, field(place));
    segments.putLong(
        place / PLACES, field(place), entry >>> Integer.SIZE << Integer.SIZE | item & 0xffff_ffffL);
  }

  /** Adds something. */
  public void add(int hash, int item) {
    if (directory.length == 0) {
      directory = new int[] {open(0)};
    }
    int segment = segmentOf(hash);
    while (counts[segment] >= MOST && depths[segment] < DEEPEST) {
      split(segment, hash);
      segment = segmentOf(hash);
    }
    if (counts[segment] == PLACES - 1) {
      throw new IllegalStateException("too many of one hash: " + hash);
    }
    insert(segment, (long) hash << Integer.SIZE | item & 0xffff_ffffL);
    size++;
  }

  private void insert(int segment, long entry) {
    ByteBuffer page = segments.page(segment);
    int base = segments.at(segment);
    int at = (int) (entry >>> Integer.SIZE) & PLACES - 1;
    while (page.getLong(base + at * Long.BYTES) != EMPTY) {
      at = at + 1 & PLACES - 1;
    }
    page.putLong(base + at * Long.BYTES, entry);
    counts[segment]++;
  }

  private int open(int segmentDepth) {
    int segment = segments.take();
    if (segment >= counts.length) {
      int capacity = segment + (segment >> 1) + 1;
      counts = Arrays.copyOf(counts, capacity);
      depths = Arrays.copyOf(depths, capacity);
    }
    depths[segment] = (byte) segmentDepth;
    empty(segment);
    return segment;
  }

  private void empty(int segment) {
    for (int at = 0; at < PLACES; at++) {
      segments.putLong(segment, at * Long.BYTES, EMPTY);
    }
    counts[segment] = 0;
  }

  private void split(int segment, int hash) {
    int old = depths[segment];
    if (old == depth) {
      deepen();
    }
    int fresh = open(old + 1);
    depths[segment] = (byte) (old + 1);
    // The entries of a segment are neighbours; the upper half of them is the new one's.
    int range = 1 << depth - old;
    int begin = (int) ((hash & 0xffff_ffffL) >>> Integer.SIZE - depth) & -range;
    Arrays.fill(directory, begin + range / 2, begin + range, fresh);
    load(segment);
    empty(segment);
    for (long entry : moving) {
      if (entry != EMPTY) {
        insert(segmentOf((int) (entry >>> Integer.SIZE)), entry);
      }
    }
  }

  private void deepen() {
    int[] twice = new int[directory.length * 2];
    for (int i = 0; i < twice.length; i++) {
      twice[i] = directory[i >> 1];
    }
    directory = twice;
    depth++;
  }

  private void load(int segment) {
    for (int at = 0; at < PLACES; at++) {
      moving[at] = segments.getLong(segment, at * Long.BYTES);
    }
  }

  /** Empties a place. */
  public void removeAt(int place) {
    int segment = place / PLACES;
    ByteBuffer page = segments.page(segment);
    int base = segments.at(segment);
    int hole = place & PLACES - 1;
    final int hash = (int) (page.getLong(base + hole * Long.BYTES) >>> Integer.SIZE);
    int at = hole + 1 & PLACES - 1;
    long entry = page.getLong(base + at * Long.BYTES);
    while (entry != EMPTY) {
      // What cannot be found across the gap moves into it.
      int home = (int) (entry >>> Integer.SIZE) & PLACES - 1;
      if ((at - home & PLACES - 1) >= (at - hole & PLACES - 1)) {
        page.putLong(base + hole * Long.BYTES, entry);
        hole = at;
      }
      at = at + 1 & PLACES - 1;
      entry = page.getLong(base + at * Long.BYTES);
    }
    page.putLong(base + hole * Long.BYTES, EMPTY);
    counts[segment]--;
    if (--size == 0) {
      clear();
    } else if (counts[segment] < FEW && depths[segment] > 0) {
      join(segment, hash);
    }
  }

  /** Joins a segment with its other half, if that is one segment and both are nearly empty. */
  private void join(int segment, int hash) {
    int own = depths[segment];
    int range = 1 << depth - own;
    int begin = (int) ((hash & 0xffff_ffffL) >>> Integer.SIZE - depth) & -range;
    int other = directory[begin ^ range];
    if (depths[other] != own || counts[segment] + counts[other] > JOINED) {
      return;
    }
    load(segment);
    for (long entry : moving) {
      if (entry != EMPTY) {
        insert(other, entry);
      }
    }
    depths[other] = (byte) (own - 1);
    Arrays.fill(directory, begin, begin + range, other);
    segments.give(segment);
  }

  /** How many things there are. */
  public int size() {
    return size;
  }

  /** Gives all memory back; nothing is there any more. */
  public void clear() {
    segments.clear();
    directory = new int[0];
    counts = new byte[0];
    depths = new byte[0];
    depth = 0;
    size = 0;
  }
}
