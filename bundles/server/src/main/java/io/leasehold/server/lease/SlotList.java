// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import java.util.Arrays;

/**
 * Rows of slots, linked through arrays of numbers. A slot is in one row at most; its owner knows in
 * which.
 */
final class SlotList {
  static final int NONE = -1;

  private int[] next = new int[0];
  private int[] previous = new int[0];

  /** Makes room for slots below {@code capacity}. */
  void reserve(int capacity) {
    next = Arrays.copyOf(next, capacity);
    previous = Arrays.copyOf(previous, capacity);
  }

  /** Puts a slot before the head of a row, which may be {@link #NONE}; the slot is the new head. */
  void push(int slot, int head) {
    next[slot] = head;
    previous[slot] = NONE;
    if (head != NONE) {
      previous[head] = slot;
    }
  }

  /** Takes a slot out of its row, whose head is given; returns the row's head from now on. */
  int remove(int slot, int head) {
    if (next[slot] != NONE) {
      previous[next[slot]] = previous[slot];
    }
    if (previous[slot] == NONE) {
      return next[slot];
    }
    next[previous[slot]] = next[slot];
    return head;
  }

  int next(int slot) {
    return next[slot];
  }
}
