// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.pool;

import io.leasehold.allocation.GovernedLeases;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The pools that are shared by counting, as one walk through their leases found them, and as they
 * changed since.
 */
final class PoolCounts {
  /** Nothing is shared. */
  static final PoolCounts NONE = new PoolCounts(List.of());

  private final TreeMap<LeaseKey, PoolCount> pools = new TreeMap<>();

  /** What changed since the page was asked for on which the walk waits: known better than there. */
  private final Set<LeaseKey> fresher = new HashSet<>();

  PoolCounts(List<GovernedLeases.Pool> all) {
    for (GovernedLeases.Pool pool : all) {
      if (!AddressHalves.isHalved(pool.first().kind())) {
        pools.put(pool.first(), new PoolCount(pool));
      }
    }
  }

  /** All of them, in the order of their first units. */
  Collection<PoolCount> all() {
    return pools.values();
  }

  /** Takes note of a change; whether it is of these pools. */
  boolean changed(LeaseChange change) {
    boolean isShared = set(change.key(), change.lease());
    if (isShared) {
      fresher.add(change.key());
    }
    return isShared;
  }

  private boolean set(LeaseKey key, Optional<Lease> lease) {
    Map.Entry<LeaseKey, PoolCount> pool =
        AddressHalves.isHalved(key.kind()) ? null : pools.floorEntry(key);
    long unit = pool == null ? -1 : pool.getValue().unit(key);
    if (unit >= 0) {
      pool.getValue().set(unit, lease.map(Lease::state).orElse(LeaseState.FREE));
    }
    return unit >= 0;
  }

  /**
   * Where a walk begins that looks at the first pool that is not wholly before a key.
   *
   * @param done up to where it has come; empty for a new walk
   * @return after which key to go on; empty if all was seen
   */
  Optional<LeaseKey> next(Optional<LeaseKey> done) {
    fresher.clear();
    if (done.isEmpty()) {
      return pools.isEmpty() ? Optional.empty() : Optional.of(before(pools.firstKey()));
    }
    Map.Entry<LeaseKey, PoolCount> at = pools.floorEntry(done.get());
    if (at != null && at.getValue().isBeforeEnd(done.get())) {
      return done;
    }
    return Optional.ofNullable(pools.higherKey(done.get())).map(PoolCounts::before);
  }

  /** A key in front of all units of a pool, and behind those of any other. */
  private static LeaseKey before(LeaseKey first) {
    return new LeaseKey(
        first.realm(), first.kind(), first.address(), Math.max(first.prefixLength() - 1, 0));
  }

  /** Takes in a page of leases; after which key the next begins, empty if there is none. */
  Optional<LeaseKey> seen(List<Lease> page) {
    for (Lease lease : page) {
      if (!fresher.contains(lease.key())) {
        set(lease.key(), Optional.of(lease));
      }
    }
    return page.isEmpty() ? Optional.empty() : next(Optional.of(page.get(page.size() - 1).key()));
  }
}
