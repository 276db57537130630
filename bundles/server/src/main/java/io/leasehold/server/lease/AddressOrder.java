// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.LeaseKey;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Slots of one realm and kind in the order of their addresses, then of their prefix lengths: leaves
 * outside the heap under a directory of the key that each begins with or after, which costs the
 * heap less than an octet for each slot. Owner: the lane's thread.
 */
final class AddressOrder {
  private static final int CAPACITY = SlotLeaves.CAPACITY;

  /** Leaves with fewer slots are joined with the following one, if that leaves room. */
  private static final int FEW = CAPACITY / 4;

  private static final int ROOMY = CAPACITY * 3 / 4;

  private final Slots slots;
  private final SlotLeaves leaves;
  private int[] leaf = new int[4];
  private short[] count = new short[4];
  private long[] high = new long[4];
  private long[] low = new long[4];
  private short[] length = new short[4];

  /** Whether a leaf may hold addresses whose first halves differ. */
  private boolean[] mixed = new boolean[4];

  /** Whether the leaves hold the first halves of addresses, for prefixes; else the last ones. */
  private final boolean byHigh;

  private int used;

  /** The leaf that was added to last, and its place there; the next key is often near. */
  private int recent;

  private int recentAt;

  /**
   * An empty order.
   *
   * @param byHigh whether the first halves of the addresses differ, not the last ones
   */
  AddressOrder(Slots slots, SlotLeaves leaves, boolean byHigh) {
    this.byHigh = byHigh;
    this.slots = slots;
    this.leaves = leaves;
  }

  /** Adds a slot, whose key is not there yet. */
  void add(int slot) {
    long slotHigh = slots.high(slot);
    long slotLow = slots.low(slot);
    int slotLength = slots.prefixLength(slot);
    if (used == 0) {
      open(0, slot);
    }
    int index = Math.max(leafOf(slotHigh, slotLow, slotLength), 0);
    int at = placeIn(index, slotHigh, slotLow, slotLength);
    if (count[index] == CAPACITY) {
      // What comes in ascending order, perhaps in several places, leaves full leaves behind.
      boolean atEnd = at == CAPACITY;
      boolean ascends = atEnd || index == recent && at == recentAt + 1;
      if (!atEnd || index == used - 1 || count[index + 1] > CAPACITY / 2) {
        split(index, ascends ? at : CAPACITY / 2, slot);
      }
      if (atEnd || at > count[index]) {
        at -= count[index];
        index++;
      }
    }
    recent = index;
    recentAt = at;
    leaves.move(leaf[index], at, leaf[index], at + 1, count[index] - at);
    leaves.set(leaf[index], at, slot, byHigh ? slotHigh : slotLow);
    mixed[index] |= slotHigh != high[index];
    count[index]++;
    if (at == 0) {
      setFirst(index, slot);
    }
  }

  /** Removes a slot that is there. */
  void remove(int slot) {
    long slotHigh = slots.high(slot);
    long slotLow = slots.low(slot);
    int slotLength = slots.prefixLength(slot);
    int index = leafOf(slotHigh, slotLow, slotLength);
    int at = placeIn(index, slotHigh, slotLow, slotLength);
    count[index]--;
    leaves.move(leaf[index], at + 1, leaf[index], at, count[index] - at);
    if (count[index] == 0) {
      close(index);
    } else if (count[index] < FEW && index + 1 < used && count[index] + count[index + 1] <= ROOMY) {
      leaves.move(leaf[index + 1], 0, leaf[index], count[index], count[index + 1]);
      count[index] += count[index + 1];
      mixed[index] |= mixed[index + 1] || high[index] != high[index + 1];
      close(index + 1);
    }
  }

  /**
   * Visits the slots from a key on, that one included if it is there, until the visitor says false.
   *
   * @return whether the visitor never did
   */
  boolean from(LeaseKey key, IntPredicate visitor) {
    if (used == 0) {
      return true;
    }
    long keyHigh = key.address().high();
    long keyLow = key.address().low();
    int index = Math.max(leafOf(keyHigh, keyLow, key.prefixLength()), 0);
    int at = placeIn(index, keyHigh, keyLow, key.prefixLength());
    for (; index < used; index++, at = 0) {
      for (; at < count[index]; at++) {
        if (!visitor.test(leaves.slot(leaf[index], at))) {
          return false;
        }
      }
    }
    return true;
  }

  /** The last leaf that begins at or before a key; -1 if none does. */
  private int leafOf(long keyHigh, long keyLow, int keyLength) {
    int below = -1;
    int above = used - 1;
    if (recent < used && beginsBy(recent, keyHigh, keyLow, keyLength)) {
      below = recent;
      if (below < above && !beginsBy(below + 1, keyHigh, keyLow, keyLength)) {
        return below;
      }
    }
    while (below < above) {
      int middle = below + above + 1 >> 1;
      if (beginsBy(middle, keyHigh, keyLow, keyLength)) {
        below = middle;
      } else {
        above = middle - 1;
      }
    }
    return below;
  }

  /** Whether a leaf begins at or before a key. */
  private boolean beginsBy(int index, long keyHigh, long keyLow, int keyLength) {
    int order = compare(high[index], low[index], keyHigh, keyLow);
    return order < 0 || order == 0 && length[index] <= keyLength;
  }

  /** Place of the first key in a leaf that is not less. */
  private int placeIn(int index, long keyHigh, long keyLow, int keyLength) {
    int below = 0;
    int above = count[index];
    if (above > 0 && isLess(index, above - 1, keyHigh, keyLow, keyLength)) {
      return above;
    }
    while (below < above) {
      int middle = below + above >>> 1;
      if (isLess(index, middle, keyHigh, keyLow, keyLength)) {
        below = middle + 1;
      } else {
        above = middle;
      }
    }
    return below;
  }

  /** Whether the key at a place of a leaf is less than another. */
  private boolean isLess(int index, int at, long keyHigh, long keyLow, int keyLength) {
    if (byHigh || !mixed[index]) {
      long part = leaves.part(leaf[index], at);
      int order =
          byHigh
              ? Long.compareUnsigned(part, keyHigh)
              : compare(high[index], part, keyHigh, keyLow);
      if (order != 0) {
        return order < 0;
      }
    }
    int slot = leaves.slot(leaf[index], at);
    int order = compare(slots.high(slot), slots.low(slot), keyHigh, keyLow);
    return order < 0 || order == 0 && slots.prefixLength(slot) < keyLength;
  }

  private static int compare(long high, long low, long otherHigh, long otherLow) {
    int order = Long.compareUnsigned(high, otherHigh);
    return order == 0 ? Long.compareUnsigned(low, otherLow) : order;
  }

  /** Moves the slots of a leaf from a place on into a new leaf behind it. */
  private void split(int index, int at, int ifEmpty) {
    int moved = count[index] - at;
    open(index + 1, moved == 0 ? ifEmpty : leaves.slot(leaf[index], at));
    leaves.move(leaf[index], at, leaf[index + 1], 0, moved);
    count[index + 1] = (short) moved;
    count[index] = (short) at;
    mixed[index + 1] = mixed[index];
  }

  private void open(int index, int first) {
    int fresh = leaves.take();
    if (used == leaf.length) {
      int capacity = used + (used >> 1) + 1;
      leaf = Arrays.copyOf(leaf, capacity);
      count = Arrays.copyOf(count, capacity);
      high = Arrays.copyOf(high, capacity);
      low = Arrays.copyOf(low, capacity);
      length = Arrays.copyOf(length, capacity);
      mixed = Arrays.copyOf(mixed, capacity);
    }
    shift(index, index + 1);
    used++;
    leaf[index] = fresh;
    count[index] = 0;
    mixed[index] = false;
    setFirst(index, first);
  }

  private void close(int index) {
    leaves.give(leaf[index]);
    shift(index + 1, index);
    used--;
  }

  /** Moves the directory from a place on to another place. */
  private void shift(int from, int to) {
    int behind = used - from;
    System.arraycopy(leaf, from, leaf, to, behind);
    System.arraycopy(count, from, count, to, behind);
    System.arraycopy(high, from, high, to, behind);
    System.arraycopy(low, from, low, to, behind);
    System.arraycopy(length, from, length, to, behind);
    System.arraycopy(mixed, from, mixed, to, behind);
  }

  private void setFirst(int index, int slot) {
    high[index] = slots.high(slot);
    low[index] = slots.low(slot);
    length[index] = (short) slots.prefixLength(slot);
  }
}
