// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;

/**
 * The leases of a table with keys between two of one kind, visited in portions; the table may
 * change between two of them. Owner: the lane's thread.
 */
final class LeaseRange {
  /** What is told of a lease without making one. It must not change the table. */
  interface Visitor {
    /** A lease of the kind that is visited, with its address or the first one of its prefix. */
    void visit(int slot, long high, long low, int prefixLength, LeaseState state);
  }

  private final LeaseTable table;
  private final LeaseKey last;
  private LeaseKey nextOrNull;
  private int left;

  /** From one key to another, both included. */
  LeaseRange(LeaseTable table, LeaseKey first, LeaseKey last) {
    this.table = table;
    this.nextOrNull = first;
    this.last = last;
  }

  /** Whether all were visited. */
  boolean isOver() {
    return nextOrNull == null;
  }

  /** Visits at most so many more; returns how many. */
  int visit(int most, Visitor visitor) {
    LeaseKey from = nextOrNull;
    if (from == null || most <= 0) {
      return 0;
    }
    left = most;
    nextOrNull = null;
    table.order.from(from, slot -> isVisited(slot, visitor));
    return most - left;
  }

  private boolean isVisited(int slot, Visitor visitor) {
    Slots slots = table.slots;
    long high = slots.high(slot);
    long low = slots.low(slot);
    if (!isInside(slot, high, low)) {
      return false;
    }
    if (left == 0) {
      nextOrNull = slots.key(slot);
      return false;
    }
    left--;
    visitor.visit(slot, high, low, slots.prefixLength(slot), slots.state(slot));
    return true;
  }

  private boolean isInside(int slot, long high, long low) {
    int order = Long.compareUnsigned(high, last.address().high());
    if (order == 0) {
      order = Long.compareUnsigned(low, last.address().low());
    }
    return order <= 0 && table.slots.rest(slot) >>> Byte.SIZE == Slots.rest(last) >>> Byte.SIZE;
  }
}
