// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.pool;

import io.leasehold.allocation.GovernedLeases;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/** The units of a pool of which the plan keeps at least a part for some client. */
final class ReservedUnits {
  private final Ipv6 first;
  private final long units;
  private final int shift;

  /** The last unit of each run, by its first; runs do not overlap. */
  private final TreeMap<Long, Long> runs = new TreeMap<>();

  ReservedUnits(GovernedLeases.Pool pool) {
    this.first = pool.first().address();
    this.units = pool.units();
    this.shift = 128 - pool.first().prefixLength();
    // Of prefixes that share a unit one is within the other, or all are within the unit.
    pool.reserved().stream().sorted().forEach(this::add);
  }

  private void add(Prefix prefix) {
    long from = unit(prefix.first());
    long to = unit(prefix.last());
    if (to >= 0 && from < units) {
      long begin = Math.max(from, 0);
      if (!contains(begin)) {
        runs.put(begin, Math.min(to, units - 1));
      }
    }
  }

  /** The number of the unit that an address is in; less than 0 before the pool. */
  private long unit(Ipv6 address) {
    BigInteger unit = address.toBigInteger().subtract(first.toBigInteger()).shiftRight(shift);
    return unit.bitLength() < Long.SIZE ? unit.longValue() : unit.signum() * Long.MAX_VALUE;
  }

  /** How many there are. */
  long size() {
    return runs.entrySet().stream().mapToLong(run -> run.getValue() - run.getKey() + 1).sum();
  }

  boolean isEmpty() {
    return runs.isEmpty();
  }

  boolean contains(long unit) {
    Map.Entry<Long, Long> run = runs.floorEntry(unit);
    return run != null && unit <= run.getValue();
  }

  /** The first unit of the run that one is in. */
  long firstBeside(long unit) {
    return runs.floorKey(unit);
  }
}
