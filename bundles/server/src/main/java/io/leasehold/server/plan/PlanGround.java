// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a plan can lease: its pools and what it reserves. Immutable, for any thread. */
public final class PlanGround {
  private record Range(Ipv6 first, Ipv6 last) {}

  private record Delegation(Prefix prefix, int length) {}

  private final Map<Family, TreeMap<Ipv6, Range>> pools = new EnumMap<>(Family.class);
  private final TreeMap<Ipv6, Delegation> prefixPools = new TreeMap<>();
  private final Set<Prefix> reserved = new HashSet<>();

  /** Indexes a plan. Pools of one kind do not overlap, which the compiler has checked. */
  public PlanGround(ServerPlan plan) {
    for (Family family : Family.values()) {
      pools.put(family, new TreeMap<>());
      add(plan.of(family).globalReservations());
    }
    for (Link link : plan.links()) {
      for (Subnet subnet : link.subnets()) {
        for (AddressPool pool : subnet.pools()) {
          pools.get(link.family()).put(pool.first(), new Range(pool.first(), pool.last()));
        }
        for (PrefixPool pool : subnet.prefixPools()) {
          prefixPools.put(
              pool.prefix().first(), new Delegation(pool.prefix(), pool.delegatedLength()));
        }
        add(subnet.reservations());
      }
    }
  }

  private void add(Reservations reservations) {
    for (Reservation reservation : reservations.all()) {
      reservation.addresses().forEach(address -> reserved.add(new Prefix(address, 128)));
      reserved.addAll(reservation.prefixes());
    }
  }

  /** Whether a lease is in a pool, or of a reservation. */
  public boolean has(LeaseKey key) {
    return reserved.contains(key.asPrefix())
        || (key.kind() == LeaseKind.IA_PD ? delegates(key) : isInPool(key));
  }

  private boolean isInPool(LeaseKey key) {
    Map.Entry<Ipv6, Range> range = pools.get(key.kind().family()).floorEntry(key.address());
    return range != null && key.address().compareTo(range.getValue().last()) <= 0;
  }

  private boolean delegates(LeaseKey key) {
    Map.Entry<Ipv6, Delegation> pool = prefixPools.floorEntry(key.address());
    return pool != null
        && pool.getValue().length() == key.prefixLength()
        && pool.getValue().prefix().contains(key.asPrefix());
  }

  /** Whether exactly the same can be leased. */
  public boolean isThatOf(PlanGround other) {
    return pools.equals(other.pools)
        && prefixPools.equals(other.prefixPools)
        && reserved.equals(other.reserved);
  }
}
