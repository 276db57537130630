// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.server.memory.OffHeap;

/**
 * Fresh units in ascending order: a cursor, and the units beyond it that were taken out of turn.
 */
final class AscendingUnits implements FreshUnits {
  private final long units;
  private final UnitSet ahead;
  private long cursor;

  /**
   * All units fresh.
   *
   * @param seed secret start of a hash, because clients choose units
   */
  AscendingUnits(long units, OffHeap memory, long seed) {
    this.units = units;
    this.ahead = new UnitSet(memory, seed);
  }

  @Override
  public long take() {
    skipTaken();
    if (cursor == units) {
      return -1;
    }
    long unit = cursor;
    moveTo(unit + 1);
    return unit;
  }

  /** Passes what was taken out of turn, 64 units at a time where that is so many. */
  private void skipTaken() {
    while (ahead.entries() > 0) {
      int taken = Long.numberOfTrailingZeros(~(ahead.bits(cursor >>> 6) >>> cursor));
      if (taken == 0) {
        return;
      }
      moveTo(cursor + taken);
    }
  }

  private void moveTo(long next) {
    if (next >>> 6 != cursor >>> 6) {
      ahead.removeWord(cursor >>> 6);
    }
    cursor = next;
  }

  @Override
  public boolean take(long unit) {
    if (!isFree(unit)) {
      return false;
    }
    if (unit == cursor) {
      moveTo(unit + 1);
    } else {
      ahead.add(unit);
    }
    return true;
  }

  @Override
  public boolean giveBack(long unit) {
    return unit >= cursor && ahead.remove(unit);
  }

  @Override
  public boolean isFree(long unit) {
    return unit >= cursor && unit < units && !ahead.contains(unit);
  }

  @Override
  public long probes() {
    return ahead.probes();
  }

  @Override
  public int entries() {
    return ahead.entries();
  }

  @Override
  public void release() {
    ahead.clear();
  }
}
