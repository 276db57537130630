// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.LeaseKey;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/** Slots in the order of their keys, in chunks, so that adding one moves little. */
final class KeyOrder {
  private static final int CHUNK = 512;

  private final IntFunction<LeaseKey> keyOf;
  private int[][] chunks = new int[4][];
  private int[] counts = new int[4];
  private int used;

  KeyOrder(IntFunction<LeaseKey> keyOf) {
    this.keyOf = keyOf;
  }

  /** Adds a slot whose key is not there yet. */
  void add(int slot) {
    if (used == 0) {
      insertChunk(0, new int[CHUNK], 0);
    }
    LeaseKey key = keyOf.apply(slot);
    int chunk = chunkOf(key);
    int at = placeIn(chunk, key);
    if (counts[chunk] == CHUNK) {
      split(chunk, at);
      if (at > counts[chunk] || at == CHUNK) {
        at -= counts[chunk];
        chunk++;
      }
    }
    System.arraycopy(chunks[chunk], at, chunks[chunk], at + 1, counts[chunk] - at);
    chunks[chunk][at] = slot;
    counts[chunk]++;
  }

  /** Removes the slot of a key that is there. */
  void remove(LeaseKey key) {
    int chunk = chunkOf(key);
    int at = placeIn(chunk, key);
    counts[chunk]--;
    System.arraycopy(chunks[chunk], at + 1, chunks[chunk], at, counts[chunk] - at);
    if (counts[chunk] == 0) {
      System.arraycopy(chunks, chunk + 1, chunks, chunk, used - chunk - 1);
      System.arraycopy(counts, chunk + 1, counts, chunk, used - chunk - 1);
      chunks[--used] = null;
    }
  }

  /**
   * Visits the slots from a key on, that one included if it is there, until the visitor says false.
   */
  void from(LeaseKey key, IntPredicate visitor) {
    if (used == 0) {
      return;
    }
    int chunk = chunkOf(key);
    int at = placeIn(chunk, key);
    for (; chunk < used; chunk++, at = 0) {
      for (; at < counts[chunk]; at++) {
        if (!visitor.test(chunks[chunk][at])) {
          return;
        }
      }
    }
  }

  /** The last chunk that begins at or before a key, else the first. */
  private int chunkOf(LeaseKey key) {
    int low = 0;
    int high = used - 1;
    while (low < high) {
      int middle = low + high + 1 >>> 1;
      if (counts[middle] > 0 && keyOf.apply(chunks[middle][0]).compareTo(key) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Place of the first key in a chunk that is not less. */
  private int placeIn(int chunk, LeaseKey key) {
    int low = 0;
    int high = counts[chunk];
    while (low < high) {
      int middle = low + high >>> 1;
      if (keyOf.apply(chunks[chunk][middle]).compareTo(key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Makes room in a full chunk. What comes in ascending order leaves full chunks behind. */
  private void split(int chunk, int at) {
    boolean atEnd = at == CHUNK && chunk == used - 1;
    int keep = atEnd ? CHUNK : CHUNK / 2;
    int[] right = new int[CHUNK];
    System.arraycopy(chunks[chunk], keep, right, 0, CHUNK - keep);
    counts[chunk] = keep;
    insertChunk(chunk + 1, right, CHUNK - keep);
  }

  private void insertChunk(int index, int[] chunk, int count) {
    if (used == chunks.length) {
      chunks = Arrays.copyOf(chunks, used * 2);
      counts = Arrays.copyOf(counts, used * 2);
    }
    System.arraycopy(chunks, index, chunks, index + 1, used - index);
    System.arraycopy(counts, index, counts, index + 1, used - index);
    chunks[index] = chunk;
    counts[index] = count;
    used++;
  }
}
