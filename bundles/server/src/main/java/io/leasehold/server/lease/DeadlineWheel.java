// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/**
 * Slots by deadline: four wheels of 256 rows, of 1 s, 256 s, 18 h and 194 d, one row for what is
 * later still, and one for what is due. A slot is in the row of the highest octet in which its
 * deadline differs from the wheel's time, so it moves at most four times.
 */
final class DeadlineWheel {
  private static final int ROWS = 256;
  private static final int LEVELS = 4;
  private static final int LATER = LEVELS * ROWS;
  private static final int DUE = LATER + 1;
  private static final int NOWHERE = -1;

  private final IntToLongFunction deadlineOf;
  private final SlotList links = new SlotList();
  private final int[] heads = new int[DUE + 1];
  private final long[] filled = new long[DUE / Long.SIZE + 1];
  private int[] rowOf = new int[0];
  private long time;

  /** A wheel at time 0; deadlines are looked up when rows are passed on. */
  DeadlineWheel(IntToLongFunction deadlineOf) {
    this.deadlineOf = deadlineOf;
    Arrays.fill(heads, SlotList.NONE);
  }

  void reserve(int capacity) {
    int old = rowOf.length;
    links.reserve(capacity);
    rowOf = Arrays.copyOf(rowOf, capacity);
    Arrays.fill(rowOf, old, capacity, NOWHERE);
  }

  /** Takes in a slot, which must not be in the wheel. */
  void add(int slot) {
    put(slot, rowFor(deadlineOf.applyAsLong(slot)));
  }

  /** Takes out a slot, if it is in the wheel. */
  void remove(int slot) {
    int row = rowOf[slot];
    if (row == NOWHERE) {
      return;
    }
    rowOf[slot] = NOWHERE;
    heads[row] = links.remove(slot, heads[row]);
    if (heads[row] == SlotList.NONE) {
      filled[row >> 6] &= ~(1L << row);
    }
  }

  private void put(int slot, int row) {
    links.push(slot, heads[row]);
    heads[row] = slot;
    rowOf[slot] = row;
    filled[row >> 6] |= 1L << row;
  }

  private int rowFor(long deadline) {
    if (deadline <= time) {
      return DUE;
    }
    int level = levelOf(deadline ^ time);
    return level == LEVELS ? LATER : level * ROWS + digit(deadline, level);
  }

  private static int levelOf(long difference) {
    return Math.min((Long.SIZE - 1 - Long.numberOfLeadingZeros(difference)) / 8, LEVELS);
  }

  private static int digit(long time, int level) {
    return (int) (time >>> 8 * level) & ROWS - 1;
  }

  /** Moves the wheel's time forward; everything with a deadline up to then becomes due. */
  void advance(long now) {
    if (now <= time) {
      return;
    }
    long before = time;
    int level = levelOf(now ^ before);
    time = now;
    for (int row = nextFilled(0);
        row >= 0 && row < Math.min(level, LEVELS) * ROWS;
        row = nextFilled(row + 1)) {
      moveAll(row);
    }
    if (level == LEVELS) {
      moveAll(LATER);
      return;
    }
    int last = level * ROWS + digit(now, level);
    for (int row = nextFilled(level * ROWS + digit(before, level));
        row >= 0 && row <= last;
        row = nextFilled(row + 1)) {
      moveAll(row);
    }
  }

  /** Sets the time back; every slot finds its row anew. */
  void rewind(long now) {
    int all = SlotList.NONE;
    for (int slot = 0; slot < rowOf.length; slot++) {
      if (rowOf[slot] != NOWHERE) {
        remove(slot);
        links.push(slot, all);
        all = slot;
      }
    }
    time = now;
    addAll(all);
  }

  private void moveAll(int row) {
    int head = heads[row];
    heads[row] = SlotList.NONE;
    filled[row >> 6] &= ~(1L << row);
    addAll(head);
  }

  private void addAll(int head) {
    int next;
    for (int slot = head; slot != SlotList.NONE; slot = next) {
      next = links.next(slot);
      add(slot);
    }
  }

  /** The wheel's time. */
  long time() {
    return time;
  }

  /** First of the slots that are due; {@link SlotList#NONE} if none. */
  int firstDue() {
    return heads[DUE];
  }

  /** The slot that is due after another one. */
  int nextDue(int slot) {
    return links.next(slot);
  }

  /**
   * The wheel's time if something is due; else a time not after the earliest deadline, at which the
   * wheel has to be advanced; {@link Long#MAX_VALUE} if it is empty.
   */
  long next() {
    if (heads[DUE] != SlotList.NONE) {
      return time;
    }
    int row = nextFilled(0);
    if (row < 0) {
      return Long.MAX_VALUE;
    }
    int level = row / ROWS;
    if (level == LEVELS) {
      return (time | 0xffff_ffffL) + 1;
    }
    long above = time >>> 8 * (level + 1) << 8 * (level + 1);
    return above | (long) (row % ROWS) << 8 * level;
  }

  private int nextFilled(int from) {
    int word = from >> 6;
    long bits = word < filled.length ? filled[word] & -1L << from : 0;
    while (bits == 0) {
      if (++word >= filled.length) {
        return -1;
      }
      bits = filled[word];
    }
    int row = (word << 6) + Long.numberOfTrailingZeros(bits);
    return row == DUE ? -1 : row;
  }
}
