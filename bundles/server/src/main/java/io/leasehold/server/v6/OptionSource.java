// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.server.plan.AddressPool;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.PrefixPool;
import io.leasehold.server.plan.Reservation;
import io.leasehold.server.plan.Subnet;
import io.leasehold.server.v6.intake.Dhcp6Request;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The options for a client: those of its reservation, then those of the pools its leases are from,
 * then those of its subnet. Whatever needs no reservation and one pool at most is made ready once.
 * Immutable, for any thread.
 */
final class OptionSource {
  private final ReplyOptions everywhere;
  private final Map<Subnet, ReplyOptions> bySubnet = new IdentityHashMap<>();
  private final Map<Subnet, Map<OptionSet, ReplyOptions>> byPool = new IdentityHashMap<>();

  OptionSource(FamilyPlan plan) {
    everywhere = new ReplyOptions(plan.options());
    for (Link link : plan.links()) {
      for (Subnet subnet : link.subnets()) {
        prepare(subnet);
      }
    }
  }

  private void prepare(Subnet subnet) {
    Map<OptionSet, ReplyOptions> pools = new IdentityHashMap<>();
    for (AddressPool pool : subnet.pools()) {
      prepare(pools, pool.options(), subnet);
    }
    for (PrefixPool pool : subnet.prefixPools()) {
      prepare(pools, pool.options(), subnet);
    }
    byPool.put(subnet, pools);
    bySubnet.put(subnet, new ReplyOptions(subnet.options()));
  }

  private static void prepare(Map<OptionSet, ReplyOptions> pools, OptionSet pool, Subnet subnet) {
    if (!pool.isEmpty()) {
      pools.computeIfAbsent(pool, set -> new ReplyOptions(set.over(subnet.options())));
    }
  }

  /** The options for a request that is answered so. */
  ReplyOptions of(Dhcp6Request request, ReservedLeases reserved, List<AssociationAnswer> answers) {
    Subnet subnet = subnet(request, answers);
    if (subnet == null) {
      return everywhere;
    }
    Reservation reservation = reserved.isEmpty() ? null : reserved.in(subnet);
    OptionSet host = reservation == null ? OptionSet.NONE : reservation.options();
    List<OptionSet> pools = pools(answers);
    ReplyOptions ready = null;
    if (host.isEmpty() && pools.isEmpty()) {
      ready = bySubnet.get(subnet);
    } else if (host.isEmpty() && pools.size() == 1) {
      ready = byPool.getOrDefault(subnet, Map.of()).get(pools.get(0));
    }
    return ready != null ? ready : merge(host, pools, subnet);
  }

  private static ReplyOptions merge(OptionSet host, List<OptionSet> pools, Subnet subnet) {
    OptionSet set = host;
    for (OptionSet pool : pools) {
      set = set.over(pool);
    }
    return new ReplyOptions(set.over(subnet.options()));
  }

  /** The subnet of the first lease, or the one the packet pointed at. */
  private static Subnet subnet(Dhcp6Request request, List<AssociationAnswer> answers) {
    for (AssociationAnswer answer : answers) {
      if (!answer.grants().isEmpty()) {
        return answer.grants().get(0).choice().subnet();
      }
    }
    return request.placeOrNull() == null ? null : request.placeOrNull().subnet();
  }

  private static List<OptionSet> pools(List<AssociationAnswer> answers) {
    List<OptionSet> pools = List.of();
    for (AssociationAnswer answer : answers) {
      for (Grant grant : answer.grants()) {
        OptionSet options = grant.choice().poolOptions();
        if (!options.isEmpty() && !pools.contains(options)) {
          pools = pools.isEmpty() ? new ArrayList<>(2) : pools;
          pools.add(options);
        }
      }
    }
    return pools;
  }
}
