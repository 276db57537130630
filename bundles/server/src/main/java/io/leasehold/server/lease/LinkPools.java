// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.allocation.AllocationPolicy;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.server.SubnetUse;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.Reservation;
import io.leasehold.server.plan.Subnet;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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

  LinkPools(
      Link link,
      LinkReservations reservations,
      LeaseTable table,
      Function<String, AllocationPolicy> policies,
      RandomGenerator random) {
    this.link = link;
    for (Subnet subnet : link.subnets()) {
      starts.put(subnet.id(), pools.size());
      subnet.pools().forEach(pool -> add(new PoolUnits(link.family(), subnet, pool), addresses));
      subnet.prefixPools().forEach(pool -> add(new PoolUnits(subnet, pool), prefixes));
    }
    addressPools = new PoolIndex(all(kind -> kind != LeaseKind.IA_PD));
    prefixPools = new PoolIndex(all(kind -> kind == LeaseKind.IA_PD));
    twice = new ArrayList<>(pools);
    twice.addAll(pools);
    reservations.forEach(this::cutLarger);
    for (PoolUnits pool : pools) {
      Subnet subnet = pool.subnet();
      String word = pool.kind() == LeaseKind.IA_PD ? subnet.prefixAllocator() : subnet.allocator();
      open(pool, table, policies.apply(word), random);
    }
    reservations.forEach(this::keep);
  }

  /** Whether a lease keeps others from its address or prefix. */
  static boolean blocks(Lease lease) {
    LeaseState state = lease.state();
    return state != LeaseState.EXPIRED && state != LeaseState.RELEASED && state != LeaseState.FREE;
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

  private static void open(
      PoolUnits pool, LeaseTable table, AllocationPolicy policy, RandomGenerator random) {
    List<Lease> blocking = new ArrayList<>();
    List<Lease> remembered = new ArrayList<>();
    LeaseKey first = new LeaseKey(0, pool.kind(), pool.first(), 0);
    LeaseKey last = new LeaseKey(0, pool.kind(), pool.last(), 128);
    table.between(first, last, lease -> (blocks(lease) ? blocking : remembered).add(lease));
    // Leases of an earlier plan with another length: what they cover stays out until this plan is
    // loaded anew.
    blocking.stream()
        .filter(lease -> !pool.contains(lease.key()))
        .forEach(lease -> pool.cut(lease.key().asPrefix()));
    for (int length = 0; pool.kind() == LeaseKind.IA_PD && length < pool.unitLength(); length++) {
      Prefix around = Prefix.masked(pool.first(), length);
      Lease lease = table.find(LeaseKey.prefix(around));
      if (lease != null && blocks(lease)) {
        pool.cut(around);
      }
    }
    pool.open(units -> policy.open(units, random));
    blocking.stream()
        .filter(lease -> pool.contains(lease.key()))
        .forEach(lease -> pool.mark(lease.key(), true));
    remembered.removeIf(lease -> !pool.contains(lease.key()));
    remembered.sort(Comparator.comparingLong(lease -> lease.times().stateSince()));
    remembered.forEach(lease -> pool.mark(lease.key(), true));
    remembered.forEach(lease -> pool.mark(lease.key(), false));
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
