// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKind;
import io.leasehold.net.Family;
import io.leasehold.net.Prefix;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.PrefixPool;
import io.leasehold.server.plan.Subnet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds the lane and subnet that a stored lease belongs to under a plan. A lease keeps its subnet
 * by id; if the plan has renumbered its subnets, the one that contains it takes it in. A lease of
 * no subnet is kept by lane 0 until it ends.
 */
public final class LeaseHomes {
  private record Home(Link link, Subnet subnet) {}

  private final Regime regime;
  private final Map<Family, Map<Long, Home>> byId = new EnumMap<>(Family.class);

  /** Indexes the plan of a regime. */
  public LeaseHomes(Regime regime) {
    this.regime = regime;
    for (Family family : Family.values()) {
      byId.put(family, new HashMap<>());
    }
    for (Link link : regime.plan().links()) {
      for (Subnet subnet : link.subnets()) {
        byId.get(link.family()).put(subnet.id(), new Home(link, subnet));
      }
    }
  }

  /** The lane of a lease whose subnet is right, as {@link #settle} returns it. */
  public int laneOf(Lease lease) {
    Home home = homes(lease).get(lease.subnetId());
    return home == null ? 0 : regime.laneOf(home.link());
  }

  /** The lease in the subnet that it belongs to. */
  public Lease settle(Lease lease) {
    Home home = homes(lease).get(lease.subnetId());
    if (home != null && contains(home.subnet(), lease)) {
      return lease;
    }
    for (Home candidate : homes(lease).values()) {
      if (contains(candidate.subnet(), lease)) {
        return new Lease(
            lease.key(),
            candidate.subnet().id(),
            lease.client(),
            lease.iaid(),
            lease.state(),
            lease.times(),
            lease.details());
      }
    }
    return lease;
  }

  private Map<Long, Home> homes(Lease lease) {
    return byId.get(lease.key().kind().family());
  }

  private static boolean contains(Subnet subnet, Lease lease) {
    if (lease.key().kind() != LeaseKind.IA_PD) {
      return subnet.prefix().contains(lease.key().address());
    }
    Prefix prefix = lease.key().asPrefix();
    for (PrefixPool pool : subnet.prefixPools()) {
      if (pool.prefix().contains(prefix)) {
        return true;
      }
    }
    return false;
  }
}
