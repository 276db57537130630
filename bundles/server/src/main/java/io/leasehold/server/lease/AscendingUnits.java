// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

/**
 * Fresh units in ascending order: a cursor, and the units beyond it that were taken out of turn.
 */
final class AscendingUnits implements FreshUnits {
  private final long units;
  private final LongLongMap ahead = new LongLongMap();
  private long cursor;

  AscendingUnits(long units) {
    this.units = units;
  }

  @Override
  public long take() {
    while (ahead.remove(cursor) >= 0) {
      cursor++;
    }
    return cursor < units ? cursor++ : -1;
  }

  @Override
  public boolean take(long unit) {
    if (!isFree(unit)) {
      return false;
    }
    if (unit == cursor) {
      cursor++;
    } else {
      ahead.put(unit, 0);
    }
    return true;
  }

  @Override
  public boolean giveBack(long unit) {
    return unit >= cursor && ahead.remove(unit) >= 0;
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
    return ahead.size();
  }
}
