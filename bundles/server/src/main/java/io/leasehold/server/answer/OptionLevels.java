// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.answer;

import io.leasehold.server.plan.AddressPool;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.PrefixPool;
import io.leasehold.server.plan.Subnet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The options for a client: those of its reservation, then those of the pools its leases are from,
 * then those of its subnet. Whatever needs no reservation and one pool at most is made ready once.
 * Immutable, for any thread.
 *
 * @param <T> options that are ready to be put into replies
 */
public final class OptionLevels<T> {
  private final Function<OptionSet, T> maker;
  private final T everywhere;
  private final Map<Subnet, T> bySubnet = new IdentityHashMap<>();
  private final Map<Subnet, Map<OptionSet, T>> byPool = new IdentityHashMap<>();

  /**
   * Takes in a plan.
   *
   * @param maker makes options ready
   */
  public OptionLevels(FamilyPlan plan, Function<OptionSet, T> maker) {
    this.maker = maker;
    everywhere = maker.apply(plan.options());
    for (Link link : plan.links()) {
      for (Subnet subnet : link.subnets()) {
        prepare(subnet);
      }
    }
  }

  private void prepare(Subnet subnet) {
    Map<OptionSet, T> pools = new IdentityHashMap<>();
    for (AddressPool pool : subnet.pools()) {
      prepare(pools, pool.options(), subnet);
    }
    for (PrefixPool pool : subnet.prefixPools()) {
      prepare(pools, pool.options(), subnet);
    }
    byPool.put(subnet, pools);
    bySubnet.put(subnet, maker.apply(subnet.options()));
  }

  private void prepare(Map<OptionSet, T> pools, OptionSet pool, Subnet subnet) {
    if (!pool.isEmpty()) {
      pools.computeIfAbsent(pool, set -> maker.apply(set.over(subnet.options())));
    }
  }

  /** The options for a client whose link the plan does not know. */
  public T everywhere() {
    return everywhere;
  }

  /**
   * The options for a client.
   *
   * @param subnet that serves it
   * @param reserved what is reserved for it
   * @param pools the options of the pools that its leases are from, without empty ones
   */
  public T of(Subnet subnet, ReservedLeases reserved, List<OptionSet> pools) {
    OptionSet host = reserved.options(subnet);
    T ready = null;
    if (host.isEmpty() && pools.isEmpty()) {
      ready = bySubnet.get(subnet);
    } else if (host.isEmpty() && pools.size() == 1) {
      ready = byPool.getOrDefault(subnet, Map.of()).get(pools.get(0));
    }
    return ready != null ? ready : merge(host, pools, subnet);
  }

  private T merge(OptionSet host, List<OptionSet> pools, Subnet subnet) {
    OptionSet set = host;
    for (OptionSet pool : pools) {
      set = set.over(pool);
    }
    return maker.apply(set.over(subnet.options()));
  }
}
