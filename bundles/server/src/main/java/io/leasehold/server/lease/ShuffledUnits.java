// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.allocation.FreeUnits;
import java.util.random.RandomGenerator;

/**
 * Free units, each equally likely to be next: a Fisher-Yates shuffle of which only the disturbed
 * part is kept.
 *
 * <p>With {@code free} units left, the places 0 to {@code free - 1} hold them. A free unit below
 * {@code free} is at its own place. The place of a used unit below {@code free} is a hole and holds
 * one of the free units from {@code free} up. So there are as many entries as used units at most,
 * however large the pool is and however often units come and go.
 */
final class ShuffledUnits implements FreeUnits, FreshUnits {
  private final long units;
  private final RandomGenerator random;
  private final LongLongMap unitInHole = new LongLongMap();
  private final LongLongMap holeOfUnit = new LongLongMap();
  private long free;

  ShuffledUnits(long units, RandomGenerator random) {
    this.units = units;
    this.free = units;
    this.random = random;
  }

  @Override
  public long take() {
    if (free == 0) {
      return -1;
    }
    long place = free == 1 ? 0 : random.nextLong(free);
    long unit = unitInHole.getOrDefault(place, place);
    takeFrom(place, unit);
    return unit;
  }

  @Override
  public boolean take(long unit) {
    if (!isFree(unit)) {
      return false;
    }
    takeFrom(unit < free ? unit : holeOfUnit.get(unit), unit);
    return true;
  }

  /** The last place goes; the unit that was there moves to the place that became empty. */
  private void takeFrom(long place, long unit) {
    long last = free - 1;
    long mover = unitInHole.getOrDefault(last, last);
    unitInHole.remove(last);
    holeOfUnit.remove(unit);
    if (place != last) {
      fill(place, mover);
    }
    free = last;
  }

  @Override
  public void give(long unit) {
    if (unit < 0 || unit >= units || isFree(unit)) {
      return;
    }
    long added = free++;
    long guest = unit < added ? unitInHole.remove(unit) : unit;
    if (guest == added) {
      // The guest of the unit's own place, or the unit itself, is at home in the place that was
      // added.
      holeOfUnit.remove(guest);
      return;
    }
    long hole = holeOfUnit.remove(added);
    fill(hole >= 0 ? hole : added, guest);
  }

  private void fill(long hole, long unit) {
    unitInHole.put(hole, unit);
    holeOfUnit.put(unit, hole);
  }

  @Override
  public boolean giveBack(long unit) {
    give(unit);
    return true;
  }

  @Override
  public boolean isFree(long unit) {
    return unit >= 0 && (unit < free ? !unitInHole.contains(unit) : holeOfUnit.contains(unit));
  }

  @Override
  public long free() {
    return free;
  }

  @Override
  public int entries() {
    return unitInHole.size() + holeOfUnit.size();
  }

  @Override
  public long probes() {
    return unitInHole.probes() + holeOfUnit.probes();
  }
}
