// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.pool;

import io.leasehold.allocation.GovernedLeases;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Ipv6;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * One pool that is shared by counting: units that are recorded as something else than FREE are
 * known, all others only by their number.
 */
final class PoolCount {
  /**
   * How many units the secondary has available at most: however large a pool is, each of them is a
   * lease on both servers and an update between them.
   */
  static final long MOST_HANDED_OVER = 10_000;

  /** Units looked at in one step, where nearly all are taken. */
  private static final int MOST_LOOKED_AT = 100_000;

  private static final int ADDRESS_BITS = 128;

  private final LeaseKey first;
  private final long units;
  private final int shift;
  private final UnitStates states = new UnitStates();
  private final ReservedUnits reserved;
  private long backup;
  private long taken;

  /** Units that are reserved and not recorded as something else than FREE. */
  private long withheld;

  private long cursor;
  private boolean isMoving;

  PoolCount(GovernedLeases.Pool pool) {
    this.first = pool.first();
    this.units = pool.units();
    this.shift = ADDRESS_BITS - first.prefixLength();
    this.cursor = units;
    this.reserved = new ReservedUnits(pool);
    this.withheld = reserved.size();
  }

  /** The first unit. */
  LeaseKey first() {
    return first;
  }

  /** The number of a unit; -1 if it is none of this pool. */
  long unit(LeaseKey key) {
    if (key.realm() != first.realm()
        || key.kind() != first.kind()
        || key.prefixLength() != first.prefixLength()
        || key.address().compareTo(first.address()) < 0) {
      return -1;
    }
    BigInteger unit = key.address().minus(first.address()).shiftRight(shift);
    return unit.bitLength() < Long.SIZE && unit.longValue() < units ? unit.longValue() : -1;
  }

  /** Whether units of the pool may come after a key, which is not before the pool. */
  boolean isBeforeEnd(LeaseKey key) {
    return key.compareTo(key(units - 1)) < 0;
  }

  /** The unit of a number. */
  LeaseKey key(long unit) {
    BigInteger address =
        first.address().toBigInteger().add(BigInteger.valueOf(unit).shiftLeft(shift));
    return new LeaseKey(first.realm(), first.kind(), Ipv6.of(address), first.prefixLength());
  }

  /** Takes note of a unit's state. */
  void set(long unit, LeaseState state) {
    LeaseState before = states.set(unit, state);
    backup += one(state == LeaseState.FREE_BACKUP) - one(before == LeaseState.FREE_BACKUP);
    taken += one(isTaken(state)) - one(isTaken(before));
    if (reserved.contains(unit)) {
      withheld += one(state == LeaseState.FREE) - one(before == LeaseState.FREE);
    }
  }

  private static int one(boolean counts) {
    return counts ? 1 : 0;
  }

  private static boolean isTaken(LeaseState state) {
    return state != LeaseState.FREE && state != LeaseState.FREE_BACKUP;
  }

  /** How it stands. */
  PoolShare share(int sharePercent) {
    long used = taken + withheld;
    long free = Math.max(units - backup - used, 0);
    return new PoolShare(first, units, free, backup, used, target(free + backup, sharePercent));
  }

  private static long target(long available, int sharePercent) {
    long part = available / 100 * sharePercent + available % 100 * sharePercent / 100;
    return Math.min(part, MOST_HANDED_OVER);
  }

  /**
   * Whether the secondary has too little: by more than the threshold, in percent of what it should
   * have, or nothing at all.
   */
  static boolean isShort(PoolShare share, int thresholdPercent) {
    long missing = share.target() - share.backup();
    return missing > 0
        && (share.backup() == 0 || missing * 100 > share.target() * thresholdPercent);
  }

  private static boolean isMuch(PoolShare share, int thresholdPercent) {
    return (share.backup() - share.target()) * 100 > share.target() * thresholdPercent;
  }

  /**
   * How many units to move: positive ones to the secondary, negative ones back. Nothing until the
   * threshold is passed, then until the share is right.
   */
  long toMove(int sharePercent, int thresholdPercent) {
    PoolShare share = share(sharePercent);
    isMoving =
        share.backup() != share.target()
            && (isMoving || isShort(share, thresholdPercent) || isMuch(share, thresholdPercent));
    return isMoving ? share.target() - share.backup() : 0;
  }

  /**
   * Units that the primary could do without, from the end of the pool, where policies that count
   * upwards come last.
   */
  List<Long> spare(long most) {
    List<Long> found = new ArrayList<>();
    long looks = Math.min(units, MOST_LOOKED_AT);
    for (long looked = 0; looked < looks && found.size() < most; looked++) {
      cursor = cursor == 0 ? units - 1 : cursor - 1;
      if (reserved.contains(cursor)) {
        cursor = reserved.firstBeside(cursor);
      } else if (states.of(cursor) == LeaseState.FREE) {
        found.add(cursor);
      }
    }
    return found;
  }

  /** Units that the secondary has available. */
  List<Long> handedOver(long most) {
    return handedOver(most, unit -> true);
  }

  /** Those of them that the plan has come to keep for some client, which the primary serves. */
  List<Long> reservedSince(long most) {
    return reserved.isEmpty() ? List.of() : handedOver(most, reserved::contains);
  }

  private List<Long> handedOver(long most, LongPredicate wanted) {
    List<Long> found = new ArrayList<>();
    states.each(
        LeaseState.FREE_BACKUP,
        unit -> {
          if (wanted.test(unit)) {
            found.add(unit);
          }
          return found.size() < most;
        });
    return found;
  }
}
