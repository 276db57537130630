// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.allocation.FreeUnits;

/**
 * Free units that were never used first, then those that came back, the one that waited longest
 * first. So an address stays with the memory of its last client as long as possible.
 *
 * <p>When more units wait than are in use (and than {@value #WAITING_AT_LEAST}), waiting ones are
 * used before fresh ones, and what comes back counts as fresh where the order allows it: memory
 * follows the units in use, not those ever used.
 */
final class ReturningUnits implements FreeUnits, OffHeapUnits {
  static final int WAITING_AT_LEAST = 1 << 16;

  private final long units;
  private final FreshUnits fresh;
  private final UnitQueue waiting;
  private long used;

  ReturningUnits(long units, FreshUnits fresh, UnitQueue waiting) {
    this.units = units;
    this.fresh = fresh;
    this.waiting = waiting;
  }

  @Override
  public long take() {
    long unit = manyWait() ? -1 : fresh.take();
    if (unit < 0) {
      unit = waiting.removeFirst();
    }
    if (unit >= 0) {
      used++;
    }
    return unit;
  }

  @Override
  public boolean take(long unit) {
    boolean taken = waiting.remove(unit) || unit >= 0 && fresh.take(unit);
    if (taken) {
      used++;
    }
    return taken;
  }

  @Override
  public void give(long unit) {
    if (unit < 0 || unit >= units || isFree(unit)) {
      return;
    }
    used--;
    if (!manyWait() || !fresh.giveBack(unit)) {
      waiting.addLast(unit);
    }
  }

  private boolean manyWait() {
    return waiting.size() >= Math.max(WAITING_AT_LEAST, used);
  }

  @Override
  public boolean isFree(long unit) {
    return unit >= 0 && (waiting.contains(unit) || fresh.isFree(unit));
  }

  @Override
  public long free() {
    return units - used;
  }

  /** How many places were looked at since the beginning. */
  long probes() {
    return waiting.probes() + fresh.probes();
  }

  /** How many units that are not in use are remembered one by one. */
  long remembered() {
    return waiting.size() + fresh.entries();
  }

  @Override
  public void release() {
    fresh.release();
    waiting.clear();
  }
}
