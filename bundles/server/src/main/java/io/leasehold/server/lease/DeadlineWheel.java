// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.LeaseTimes;
import java.util.Arrays;

/**
 * Slots by deadline: six wheels of 256 rows, of 1 s, 256 s, 18 h, 194 d and so on, and one row for
 * what is due. A slot is in the row of the highest octet in which its deadline differs from the
 * wheel's time, so it moves a few times at most. When the time of a row has come, its slots move in
 * portions, so that no call takes long however many have one deadline. Owner: the lane's thread.
 */
final class DeadlineWheel {
  private static final int ROWS = 256;
  private static final int LEVELS = 6;
  private static final int DUE = LEVELS * ROWS;
  private static final int NOWHERE = DUE + 1;
  private static final int NOTED = DUE + 2;
  private static final int VACANT = DUE + 3;
  private static final int NONE = Slots.NONE;

  private final Slots slots;
  private final int[] heads = new int[DUE + 1];
  private final long[] filled = new long[DUE / Long.SIZE + 1];
  private long time;

  /** The row whose time has come and that still holds slots. */
  private int draining = NONE;

  /** A wheel at time 0. */
  DeadlineWheel(Slots slots) {
    this.slots = slots;
    Arrays.fill(heads, NONE);
  }

  /** Takes in a slot, which must not be in the wheel. */
  void add(int slot, long deadline) {
    put(slot, clip(deadline));
  }

  private static long clip(long deadline) {
    return Math.max(0, Math.min(deadline, Slots.LAST_DEADLINE));
  }

  /** Notes of a new slot that it is not in the wheel. */
  void leaveOut(int slot) {
    slots.setDeadline(slot, NOWHERE, 0);
  }

  /**
   * Notes of a new slot that {@link #addNoted} is to take it in.
   *
   * @param deadline {@link LeaseTimes#NEVER} to leave it out
   */
  void note(int slot, long deadline) {
    if (deadline == LeaseTimes.NEVER) {
      leaveOut(slot);
    } else {
      slots.setDeadline(slot, NOTED, clip(deadline));
    }
  }

  /** Notes of a slot that it is given back. */
  void noteVacant(int slot) {
    slots.setDeadline(slot, VACANT, 0);
  }

  /**
   * Takes in a slot if that was noted.
   *
   * @return false if it was given back
   */
  boolean addNoted(int slot) {
    int row = slots.wheelRow(slot);
    if (row == NOTED) {
      put(slot, slots.deadline(slot));
    }
    return row != VACANT;
  }

  /** Takes out a slot, if it is in the wheel. */
  void remove(int slot) {
    int row = slots.wheelRow(slot);
    if (row == NOWHERE) {
      return;
    }
    int next = slots.link(slot, Slots.WHEEL_NEXT);
    int previous = slots.link(slot, Slots.WHEEL_PREVIOUS);
    if (next != NONE) {
      slots.setLink(next, Slots.WHEEL_PREVIOUS, previous);
    }
    if (previous != NONE) {
      slots.setLink(previous, Slots.WHEEL_NEXT, next);
    } else {
      setHead(row, next);
    }
    slots.setDeadline(slot, NOWHERE, 0);
  }

  private void setHead(int row, int head) {
    heads[row] = head;
    if (head == NONE) {
      filled[row >> 6] &= ~(1L << row);
    } else {
      filled[row >> 6] |= 1L << row;
    }
  }

  private void put(int slot, long deadline) {
    int row = rowFor(deadline);
    int head = heads[row];
    slots.setDeadline(slot, row, deadline);
    slots.setLink(slot, Slots.WHEEL_NEXT, head);
    slots.setLink(slot, Slots.WHEEL_PREVIOUS, NONE);
    if (head != NONE) {
      slots.setLink(head, Slots.WHEEL_PREVIOUS, slot);
    }
    setHead(row, slot);
  }

  private int rowFor(long deadline) {
    if (deadline <= time) {
      return DUE;
    }
    int level = levelOf(deadline ^ time);
    return level * ROWS + digit(deadline, level);
  }

  private static int levelOf(long difference) {
    return (Long.SIZE - 1 - Long.numberOfLeadingZeros(difference)) / 8;
  }

  private static int digit(long time, int level) {
    return (int) (time >>> 8 * level) & ROWS - 1;
  }

  /**
   * Moves the wheel's time forward; everything with a deadline up to then becomes due.
   *
   * @param moves how many slots may move; what is left is done by the next call
   */
  void advance(long now, int moves) {
    long left = moves;
    long until = Math.min(now, Slots.LAST_DEADLINE);
    while (true) {
      if (draining != NONE) {
        left = drain(draining, left);
        if (heads[draining] != NONE) {
          return;
        }
        draining = NONE;
      }
      int row = nextFilled(0);
      long begin = row < 0 ? Long.MAX_VALUE : beginOf(row);
      if (begin > until) {
        time = Math.max(time, until);
        return;
      }
      time = begin;
      draining = row;
    }
  }

  /** Finds new rows for the slots of one; gives how many more may move. */
  private long drain(int row, long moves) {
    long left = moves;
    for (int slot = heads[row]; slot != NONE && left > 0; slot = heads[row], left--) {
      int next = slots.link(slot, Slots.WHEEL_NEXT);
      setHead(row, next);
      if (next != NONE) {
        slots.setLink(next, Slots.WHEEL_PREVIOUS, NONE);
      }
      put(slot, slots.deadline(slot));
    }
    return left;
  }

  /**
   * Sets the time back. Only what is due or soon was has to move: what differs from both times in a
   * higher octet than they from each other stays.
   */
  void rewind(long now) {
    long back = Math.max(now, 0);
    int level = levelOf(time ^ back);
    int held = NONE;
    for (int row = nextIn(0, DUE + 1); row >= 0; row = nextIn(row + 1, DUE + 1)) {
      if (row < level * ROWS || row == DUE || row == draining) {
        held = chain(row, held);
      }
    }
    draining = NONE;
    time = back;
    for (int slot = held; slot != NONE; slot = held) {
      held = slots.link(slot, Slots.WHEEL_NEXT);
      put(slot, slots.deadline(slot));
    }
  }

  /** Takes all slots out of a row and puts them in front of a chain. */
  private int chain(int row, int chain) {
    int before = chain;
    int next;
    for (int slot = heads[row]; slot != NONE; slot = next) {
      next = slots.link(slot, Slots.WHEEL_NEXT);
      slots.setLink(slot, Slots.WHEEL_NEXT, before);
      before = slot;
    }
    setHead(row, NONE);
    return before;
  }

  /** The wheel's time. */
  long time() {
    return time;
  }

  /** First of the slots that are due; {@link Slots#NONE} if none. */
  int firstDue() {
    return heads[DUE];
  }

  /** The slot that is due after another one. */
  int nextDue(int slot) {
    return slots.link(slot, Slots.WHEEL_NEXT);
  }

  /**
   * The wheel's time if something is due or may be; else a time not after the earliest deadline, at
   * which the wheel has to be advanced; {@link Long#MAX_VALUE} if it is empty.
   */
  long next() {
    if (heads[DUE] != NONE || draining != NONE) {
      return time;
    }
    int row = nextFilled(0);
    return row < 0 ? Long.MAX_VALUE : beginOf(row);
  }

  private long beginOf(int row) {
    int level = row / ROWS;
    long above = time >>> 8 * (level + 1) << 8 * (level + 1);
    return above | (long) (row % ROWS) << 8 * level;
  }

  private int nextFilled(int from) {
    return nextIn(from, DUE);
  }

  private int nextIn(int from, int end) {
    int word = from >> 6;
    long bits = word < filled.length ? filled[word] & -1L << from : 0;
    while (bits == 0) {
      if (++word >= filled.length) {
        return -1;
      }
      bits = filled[word];
    }
    int row = (word << 6) + Long.numberOfTrailingZeros(bits);
    return row < end ? row : -1;
  }

  /** Forgets everything. */
  void clear() {
    Arrays.fill(heads, NONE);
    Arrays.fill(filled, 0);
    draining = NONE;
  }
}
