// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import java.util.Arrays;

/**
 * Slot numbers by hash: open addressing with linear probing. Who asks compares what the slots hold.
 */
final class SlotIndex {
  static final int NONE = -1;
  private static final int SMALLEST = 16;

  private int[] slots = empty(SMALLEST);
  private int[] hashes = new int[SMALLEST];
  private int size;

  private static int[] empty(int capacity) {
    int[] fresh = new int[capacity];
    Arrays.fill(fresh, NONE);
    return fresh;
  }

  /** First place to look at for a hash. */
  int first(int hash) {
    return seek(hash, hash & slots.length - 1);
  }

  /** Next place to look at after one that holds something else with the same hash. */
  int next(int hash, int place) {
    return seek(hash, place + 1 & slots.length - 1);
  }

  private int seek(int hash, int from) {
    int place = from;
    while (slots[place] != NONE && hashes[place] != hash) {
      place = place + 1 & slots.length - 1;
    }
    return place;
  }

  /** The slot at a place; {@link #NONE} ends the search. */
  int at(int place) {
    return slots[place];
  }

  /** Adds a slot that is not in the index. */
  void add(int hash, int slot) {
    if ((size + 1) * 3L > slots.length * 2L) {
      grow();
    }
    insert(hash, slot);
    size++;
  }

  /** Puts another slot of the same hash in a place. */
  void replace(int place, int slot) {
    slots[place] = slot;
  }

  /** Empties a place. */
  void removeAt(int place) {
    int mask = slots.length - 1;
    int hole = place;
    for (int at = place + 1 & mask; slots[at] != NONE; at = at + 1 & mask) {
      if ((at - hashes[at] & mask) >= (at - hole & mask)) {
        slots[hole] = slots[at];
        hashes[hole] = hashes[at];
        hole = at;
      }
    }
    slots[hole] = NONE;
    size--;
  }

  private void insert(int hash, int slot) {
    int place = hash & slots.length - 1;
    while (slots[place] != NONE) {
      place = place + 1 & slots.length - 1;
    }
    slots[place] = slot;
    hashes[place] = hash;
  }

  private void grow() {
    int[] oldSlots = slots;
    int[] oldHashes = hashes;
    slots = empty(oldSlots.length * 2);
    hashes = new int[slots.length];
    for (int i = 0; i < oldSlots.length; i++) {
      if (oldSlots[i] != NONE) {
        insert(oldHashes[i], oldSlots[i]);
      }
    }
  }
}
