// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.net.Family;
import io.leasehold.net.Prefix;
import io.leasehold.server.lease.LeaseTable;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.PrefixPool;
import io.leasehold.server.plan.Subnet;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the lane and subnet that a stored lease belongs to under a plan. A lease keeps its subnet
 * by id; if the plan has renumbered its subnets, the one that contains it takes it in. A lease of
 * no subnet is kept by lane 0 until it ends.
 */
public final class LeaseHomes {
  /** No lane. */
  static final int NONE = -1;

  /**
   * A subnet and where it is kept.
   *
   * @param prefix of its addresses
   * @param delegated its prefix pools
   */
  private record Home(long subnetId, int lane, Prefix prefix, List<Prefix> delegated) {}

  private final Map<Family, Map<Long, Home>> byId = new EnumMap<>(Family.class);

  /** Indexes the plan of a regime. */
  public LeaseHomes(Regime regime) {
    for (Family family : Family.values()) {
      byId.put(family, new HashMap<>());
    }
    for (Link link : regime.plan().links()) {
      int lane = regime.laneOf(link);
      for (Subnet subnet : link.subnets()) {
        List<Prefix> delegated = subnet.prefixPools().stream().map(PrefixPool::prefix).toList();
        byId.get(link.family())
            .put(subnet.id(), new Home(subnet.id(), lane, subnet.prefix(), delegated));
      }
    }
  }

  /** Whether every lease has the same lane and subnet under another plan. */
  public boolean areThoseOf(LeaseHomes other) {
    return byId.equals(other.byId);
  }

  /** The lane of a lease whose subnet is right, as {@link #settle} returns it. */
  public int laneOf(Lease lease) {
    return laneOf(lease.key(), lease.subnetId());
  }

  /** The lane of a lease in a subnet that {@link #isRight}. */
  int laneOf(LeaseKey key, long subnetId) {
    Home home = homes(key).get(subnetId);
    return home == null ? 0 : home.lane();
  }

  /** The lane of a lease that belongs to the subnet that it has; {@link #NONE} if it does not. */
  int laneIfRight(LeaseKey key, long subnetId) {
    Home home = homes(key).get(subnetId);
    return home != null && contains(home, key) ? home.lane() : NONE;
  }

  /** Whether a lease belongs to the subnet that it has. */
  boolean isRight(LeaseKey key, long subnetId) {
    return laneIfRight(key, subnetId) != NONE;
  }

  /** The lease in the subnet that it belongs to. */
  public Lease settle(Lease lease) {
    if (isRight(lease.key(), lease.subnetId())) {
      return lease;
    }
    for (Home candidate : homes(lease.key()).values()) {
      if (contains(candidate, lease.key())) {
        return new Lease(
            lease.key(),
            candidate.subnetId(),
            lease.client(),
            lease.iaid(),
            lease.state(),
            lease.times(),
            lease.details());
      }
    }
    return lease;
  }

  /**
   * Takes leases out of the table of a lane that have another lane or another subnet here, in
   * bounded steps.
   *
   * @param after the last key that was looked at; null to begin
   * @return the leases in their new subnets
   */
  public LeasePage takeStrays(LeaseTable table, int lane, LeaseKey after) {
    List<Lease> strays = new ArrayList<>(0);
    LeaseKey last =
        table.scan(
            after,
            LeasePage.LOOK_AT_ONCE,
            (key, subnetId) -> {
              if (!isRight(key, subnetId) || laneOf(key, subnetId) != lane) {
                Lease settled = settle(table.find(key));
                if (settled.subnetId() != subnetId || laneOf(settled) != lane) {
                  strays.add(settled);
                }
              }
            });
    strays.forEach(stray -> table.remove(stray.key()));
    return new LeasePage(strays, last);
  }

  private Map<Long, Home> homes(LeaseKey key) {
    return byId.get(key.kind().family());
  }

  private static boolean contains(Home home, LeaseKey key) {
    if (key.kind() != LeaseKind.IA_PD) {
      return home.prefix().contains(key.address());
    }
    Prefix prefix = key.asPrefix();
    for (Prefix pool : home.delegated()) {
      if (pool.contains(prefix)) {
        return true;
      }
    }
    return false;
  }
}
