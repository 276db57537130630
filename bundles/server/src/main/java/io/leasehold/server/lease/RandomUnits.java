// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.allocation.FreeUnits;
import io.leasehold.server.memory.OffHeap;
import java.util.random.RandomGenerator;

/**
 * Free units, each equally likely to be next. Only used ones are remembered: in a bitmap with
 * counts while the pool is not too large for one, so that the n-th free unit is found at once; else
 * in a set, and units are drawn until one is free. Such a pool holds more than sixty million units,
 * and is never so full that this takes long; if it ever were, the next free unit after one drawn is
 * taken.
 */
final class RandomUnits implements FreeUnits, FreshUnits {
  /** Pools with more units have no bitmap, which would need more than 8 MiB. */
  private static final long MOST_IN_BITMAP = 1 << 26;

  private static final int DRAWS = 128;

  private final long units;
  private final RandomGenerator random;

  /** Null if the pool is too large. */
  private final UnitBitmap bitmap;

  private final UnitSet set;
  private long used;

  RandomUnits(long units, RandomGenerator random, OffHeap memory) {
    this.units = units;
    this.random = random;
    boolean small = units <= MOST_IN_BITMAP;
    this.bitmap = small ? new UnitBitmap((int) units, memory) : null;
    this.set = small ? null : new UnitSet(memory, random.nextLong());
  }

  @Override
  public long take() {
    if (used == units) {
      return -1;
    }
    long unit = bitmap == null ? draw() : bitmap.free(below(units - used));
    take(unit);
    return unit;
  }

  private long below(long bound) {
    return bound == 1 ? 0 : random.nextLong(bound);
  }

  private long draw() {
    long unit = random.nextLong(units);
    for (int draw = 1; draw < DRAWS && set.contains(unit); draw++) {
      unit = random.nextLong(units);
    }
    while (set.contains(unit)) {
      unit = unit + 1 == units ? 0 : unit + 1;
    }
    return unit;
  }

  @Override
  public boolean take(long unit) {
    if (unit < 0 || unit >= units) {
      return false;
    }
    boolean taken = bitmap == null ? set.add(unit) : bitmap.set(unit, true);
    if (taken) {
      used++;
    }
    return taken;
  }

  @Override
  public void give(long unit) {
    if (unit >= 0
        && unit < units
        && (bitmap == null ? set.remove(unit) : bitmap.set(unit, false))) {
      used--;
    }
  }

  @Override
  public boolean giveBack(long unit) {
    give(unit);
    return true;
  }

  @Override
  public boolean isFree(long unit) {
    return unit >= 0
        && unit < units
        && !(bitmap == null ? set.contains(unit) : bitmap.contains(unit));
  }

  @Override
  public long free() {
    return units - used;
  }

  @Override
  public int entries() {
    return bitmap == null ? set.entries() : 0;
  }

  @Override
  public long probes() {
    return bitmap == null ? set.probes() : bitmap.probes();
  }

  @Override
  public void release() {
    if (bitmap == null) {
      set.clear();
    } else {
      bitmap.clear();
    }
  }
}
