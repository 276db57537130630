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
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.Reservation;
import io.leasehold.server.plan.Subnet;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * The pools of one link, in the order of the plan, with what a table already holds of them in use.
 */
final class LinkPools {
  private final Link link;
  private final List<PoolUnits> pools = new ArrayList<>();
  private final PoolIndex addressPools;
  private final PoolIndex prefixPools;
  private final Map<Long, Integer> starts = new HashMap<>();
  private final List<PoolUnits> twice;
  private final Map<Long, BigInteger> addresses = new HashMap<>();
  private final Map<Long, BigInteger> prefixes = new HashMap<>();
  private final Governance governanceOrNull;

  LinkPools(
      Link link, LinkReservations reservations, Governance governanceOrNull, LinkGround ground) {
    this.link = link;
    this.governanceOrNull = governanceOrNull;
    for (Subnet subnet : link.subnets()) {
      starts.put(subnet.id(), pools.size());
      subnet.pools().forEach(pool -> add(new PoolUnits(link, subnet, pool), addresses));
      subnet.prefixPools().forEach(pool -> add(new PoolUnits(link, subnet, pool), prefixes));
    }
    addressPools = new PoolIndex(all(kind -> kind != LeaseKind.IA_PD));
    prefixPools = new PoolIndex(all(kind -> kind == LeaseKind.IA_PD));
    twice = new ArrayList<>(pools);
    twice.addAll(pools);
    reservations.forEach(this::cutLarger);
    for (PoolUnits pool : pools) {
      Subnet subnet = pool.subnet();
      String word = pool.kind() == LeaseKind.IA_PD ? subnet.prefixAllocator() : subnet.allocator();
      open(pool, ground.policies().apply(word), ground);
    }
    reservations.forEach(this::keep);
  }

  /** Who governs the link; null if nobody does. */
  Governance governanceOrNull() {
    return governanceOrNull;
  }

  private List<PoolUnits> all(Predicate<LeaseKind> kinds) {
    return pools.stream().filter(pool -> kinds.test(pool.kind())).toList();
  }

  private void add(PoolUnits pool, Map<Long, BigInteger> totals) {
    pools.add(pool);
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

  private void open(PoolUnits pool, AllocationPolicy policy, LinkGround ground) {
    LeaseTable table = ground.table();
    if (pool.kind() == LeaseKind.IA_PD) {
      cutOtherLengths(pool, table);
    }
    OffHeap memory = table.memory();
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
    ReturnedUnits returned = new ReturnedUnits();
    table.between(
        new LeaseKey(0, pool.kind(), pool.first(), 0),
        new LeaseKey(0, pool.kind(), pool.last(), 128),
        (slot, high, low, prefixLength, state) -> {
          if (prefixLength != pool.unitLength()) {
            return;
          }
          Ipv6 address = new Ipv6(high, low);
          if (isBlocked(pool, address, state)) {
            pool.mark(address, true);
          } else {
            returned.add(table.stateSince(slot), address);
          }
        });
    // What came back longest ago waits longest.
    returned.forEach(address -> pool.mark(address, true));
    returned.forEach(address -> pool.mark(address, false));
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
    if (!isBlocked(pool, key.address(), state)) {
      pool.mark(key, false); // as what came back last
    }
  }

  private boolean isBlocked(PoolUnits pool, Ipv6 address, LeaseState state) {
    return governanceOrNull == null
        ? LeaseStates.blocks(state)
        : !governanceOrNull.isFree(new LeaseKey(0, pool.kind(), address, pool.unitLength()));
  }

  /**
   * Leases of an earlier plan with another length: what they cover stays out until this plan is
   * loaded anew.
   */
  private void cutOtherLengths(PoolUnits pool, LeaseTable table) {
    table.between(
        new LeaseKey(0, LeaseKind.IA_PD, pool.first(), 0),
        new LeaseKey(0, LeaseKind.IA_PD, pool.last(), 128),
        (slot, high, low, prefixLength, state) -> {
          if (prefixLength != pool.unitLength() && keepsItsSpace(state)) {
            pool.cut(new Prefix(new Ipv6(high, low), prefixLength));
          }
        });
    for (int length = 0; length < pool.unitLength(); length++) {
      Prefix around = Prefix.masked(pool.first(), length);
      LeaseState state = table.stateOf(LeaseKey.prefix(around));
      if (state != null && keepsItsSpace(state)) {
        pool.cut(around);
      }
    }
  }

  private boolean keepsItsSpace(LeaseState state) {
    return LeaseStates.blocks(state)
        || governanceOrNull != null && LeaseStates.mayBePartners(state);
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
