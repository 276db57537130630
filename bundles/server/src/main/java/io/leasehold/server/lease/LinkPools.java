// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.allocation.AllocationPolicy;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.server.SubnetUse;
import io.leasehold.server.memory.OffHeap;
import io.leasehold.server.plan.AddressPool;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.PrefixPool;
import io.leasehold.server.plan.Reservation;
import io.leasehold.server.plan.Subnet;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * The pools of one link, in the order of the plan, with what a table already holds of them in use.
 */
final class LinkPools {
  /** Opening a pool takes as long as looking at so many leases. */
  private static final int POOL = 8;

  private final Link link;
  private final LinkReservations reservations;
  private final LinkGround ground;
  private final List<PoolUnits> pools = new ArrayList<>();

  /** Of each pool. */
  private final List<AllocationPolicy> policies = new ArrayList<>();

  private final PoolIndex addressPools;
  private final PoolIndex prefixPools;
  private final Map<Long, Integer> starts = new HashMap<>();
  private final List<PoolUnits> twice;
  private final Map<Long, BigInteger> addresses = new HashMap<>();
  private final Map<Long, BigInteger> prefixes = new HashMap<>();
  private final Governance governanceOrNull;
  private Iterator<Reservation> toCut;
  private Iterator<Reservation> toKeep;
  private PoolFilling filling;

  /** How many pools are open or being opened. */
  private int begun;

  /** All pools, not open yet: {@link #goOn} opens them. */
  LinkPools(
      Link link, LinkReservations reservations, Governance governanceOrNull, LinkGround ground) {
    this.link = link;
    this.reservations = reservations;
    this.governanceOrNull = governanceOrNull;
    this.ground = ground;
    for (Subnet subnet : link.subnets()) {
      starts.put(subnet.id(), pools.size());
      for (AddressPool pool : subnet.pools()) {
        add(new PoolUnits(link, subnet, pool), subnet.allocator(), addresses);
      }
      for (PrefixPool pool : subnet.prefixPools()) {
        add(new PoolUnits(link, subnet, pool), subnet.prefixAllocator(), prefixes);
      }
    }
    addressPools = new PoolIndex(all(kind -> kind != LeaseKind.IA_PD));
    prefixPools = new PoolIndex(all(kind -> kind == LeaseKind.IA_PD));
    twice = new ArrayList<>(pools);
    twice.addAll(pools);
    toCut = prefixPools.isEmpty() ? Collections.emptyIterator() : reservations.iterator();
    toKeep = reservations.iterator();
  }

  /**
   * Opens pools, and takes in what the table has of them.
   *
   * @param most reservations and leases that it looks at, a pool counting as some of them
   * @return how much of that is left; nothing if there is more to do
   */
  int goOn(int most) {
    int left = most;
    for (; left > 0 && toCut.hasNext(); left--) {
      cutLarger(toCut.next());
    }
    while (left > 0 && (filling != null || begun < pools.size())) {
      if (filling == null) {
        AllocationPolicy policy = policies.get(begun);
        filling =
            new PoolFilling(
                pools.get(begun), ground.table(), governanceOrNull, pool -> open(pool, policy));
        begun++;
        left -= POOL;
      }
      left -= filling.goOn(Math.max(left, 1));
      filling = filling.isDone() ? null : filling;
    }
    for (; left > 0 && toKeep.hasNext(); left--) {
      keep(toKeep.next());
    }
    return isOpen() ? Math.max(left, 0) : 0;
  }

  /** Whether all is as the table has it. */
  boolean isOpen() {
    return filling == null && begun == pools.size() && !toKeep.hasNext();
  }

  /**
   * Goes on with the bookkeeping of pools that are served, if it would be the same for these; false
   * if it would not. From then on only one of the two may change anything.
   */
  boolean share(LinkPools served) {
    if (!isLike(served)) {
      return false;
    }
    for (int i = 0; i < pools.size(); i++) {
      pools.get(i).share(served.pools.get(i));
    }
    begun = pools.size();
    toCut = Collections.emptyIterator();
    toKeep = Collections.emptyIterator();
    return true;
  }

  private boolean isLike(LinkPools served) {
    // What a governor says of a unit may have changed without notice.
    if (governanceOrNull != null
        || served.governanceOrNull != null
        || ground.table() != served.ground.table()
        || pools.size() != served.pools.size()
        || !reservations.keepTheSameAs(served.reservations)) {
      return false;
    }
    for (int i = 0; i < pools.size(); i++) {
      PoolUnits one = pools.get(i);
      PoolUnits other = served.pools.get(i);
      if (!one.isLike(other) || policies.get(i) != served.policies.get(i)) {
        return false;
      }
    }
    return true;
  }

  /** Who governs the link; null if nobody does. */
  Governance governanceOrNull() {
    return governanceOrNull;
  }

  private List<PoolUnits> all(Predicate<LeaseKind> kinds) {
    return pools.stream().filter(pool -> kinds.test(pool.kind())).toList();
  }

  private void add(PoolUnits pool, String allocator, Map<Long, BigInteger> totals) {
    pools.add(pool);
    policies.add(ground.policies().apply(allocator));
    totals.merge(pool.subnet().id(), pool.total(), BigInteger::add);
  }

  /** A reserved prefix that is larger than what a pool delegates takes many of its units away. */
  private void cutLarger(Reservation reservation) {
    for (Prefix reserved : reservation.prefixes()) {
      for (PoolUnits pool : prefixPools.overlapping(reserved)) {
        if (reserved.length() < pool.unitLength()) {
          pool.cut(reserved);
        }
      }
    }
  }

  private void keep(Reservation reservation) {
    for (Ipv6 address : reservation.addresses()) {
      PoolUnits pool = addressPools.at(address);
      if (pool != null) {
        pool.keep(address);
      }
    }
    for (Prefix reserved : reservation.prefixes()) {
      PoolUnits pool = prefixPools.at(reserved.address());
      if (pool != null && reserved.length() >= pool.unitLength()) {
        pool.keep(reserved.address());
      }
    }
  }

  private void open(PoolUnits pool, AllocationPolicy policy) {
    OffHeap memory = ground.table().memory();
    RandomGenerator random = ground.random();
    if (governanceOrNull == null) {
      pool.open(units -> StandardPolicies.open(policy, units, random, memory), memory);
    } else {
      pool.open(
          governanceOrNull,
          units -> StandardPolicies.open(policy, units, random, memory),
          random.nextLong(),
          memory);
    }
  }

  /** Takes in what a table has of a key of a pool now. */
  void refresh(LeaseKey key, LeaseTable table) {
    PoolUnits pool = of(key);
    LeaseState state = table.stateOf(key);
    if (state == null) {
      boolean free = governanceOrNull == null || governanceOrNull.isFree(key);
      pool.mark(key, !free);
      return;
    }
    pool.mark(key, true);
    if (!PoolFilling.isBlocked(pool, key.address(), state, governanceOrNull)) {
      pool.mark(key, false); // as what came back last
    }
  }

  /** Gives back what the pools have outside the heap. */
  void release() {
    pools.forEach(PoolUnits::release);
  }

  /** All pools, in the order of the plan. */
  List<PoolUnits> all() {
    return pools;
  }

  /** All pools: those of a subnet, then the following ones round to where it began. */
  List<PoolUnits> from(long subnetId) {
    int start = starts.getOrDefault(subnetId, 0);
    return start == 0 ? pools : twice.subList(start, start + pools.size());
  }

  /** The pool that a key could come from; null if there is none. */
  PoolUnits of(LeaseKey key) {
    PoolIndex index = key.kind() == LeaseKind.IA_PD ? prefixPools : addressPools;
    PoolUnits pool = index.at(key.address());
    return pool != null && pool.contains(key) ? pool : null;
  }

  /** The lengths of prefixes that are delegated on this link, the shortest first. */
  int[] delegatedLengths() {
    return prefixPools.unitLengths();
  }

  /** See {@link LinkLeases#free}. */
  long free(LeaseKind kind) {
    long sum = 0;
    for (PoolUnits pool : pools) {
      if (pool.kind() == kind) {
        sum += pool.free();
        if (sum < 0) {
          return Long.MAX_VALUE;
        }
      }
    }
    return sum;
  }

  /** See {@link LinkLeases#occupancy}. */
  double occupancy(Subnet subnet, LeaseTable table) {
    double total = addresses.getOrDefault(subnet.id(), BigInteger.ZERO).doubleValue();
    return total == 0 ? 0 : table.tally(link.family(), subnet.id()).addresses() / total;
  }

  /** Use of every subnet. Constant time for each. */
  List<SubnetUse> use(LeaseTable table) {
    List<SubnetUse> use = new ArrayList<>();
    for (Subnet subnet : link.subnets()) {
      SubnetTally tally = table.tally(link.family(), subnet.id());
      use.add(
          new SubnetUse(
              link.family(),
              subnet.id(),
              subnet.prefix().toString(),
              link.shared() ? link.name() : "",
              addresses.getOrDefault(subnet.id(), BigInteger.ZERO),
              tally.addresses(),
              tally.declinedAddresses(),
              prefixes.getOrDefault(subnet.id(), BigInteger.ZERO),
              tally.prefixes()));
    }
    return use;
  }
}
