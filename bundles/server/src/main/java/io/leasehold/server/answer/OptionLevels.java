// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.answer;

import io.leasehold.server.explain.Explanation;
import io.leasehold.server.explain.OptionLevel;
import io.leasehold.server.plan.AddressPool;
import io.leasehold.server.plan.ClassSet;
import io.leasehold.server.plan.ClientClass;
import io.leasehold.server.plan.ClientClasses;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.PrefixPool;
import io.leasehold.server.plan.Subnet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The options for a client: those of its reservation, then those of the pools its leases are from,
 * of its subnet and shared network, of its classes, and those of everybody, as in Kea. Whatever
 * needs no reservation and one pool at most is made ready once. For any thread.
 *
 * @param <T> options that are ready to be put into replies
 */
public final class OptionLevels<T> {
  /** Sets that are kept ready for clients of classes; there are seldom more. */
  private static final int MOST_READY = 4_096;

  private final Function<OptionSet, T> maker;
  private final ClientClasses classes;
  private final OptionSet globals;
  private final T everywhere;
  private final Map<Subnet, T> bySubnet = new IdentityHashMap<>();
  private final Map<Subnet, Map<OptionSet, T>> byPool = new IdentityHashMap<>();
  private final Map<Key, T> byClasses = new ConcurrentHashMap<>();

  /**
   * Takes in a plan.
   *
   * @param maker makes options ready
   */
  public OptionLevels(FamilyPlan plan, Function<OptionSet, T> maker) {
    this.maker = maker;
    classes = plan.classes();
    globals = plan.options();
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
  public T everywhere(ClassSet members) {
    return members.size() == 0
        ? everywhere
        : ready(new Key(null, null, members.numbers()), () -> ofClasses(members), members);
  }

  /**
   * The options for a client.
   *
   * @param subnet that serves it
   * @param reserved what is reserved for it
   * @param pools the options of the pools that its leases are from, without empty ones
   * @param members its classes
   */
  public T of(Subnet subnet, ReservedLeases reserved, List<OptionSet> pools, ClassSet members) {
    OptionSet host = reserved.options(subnet);
    boolean few = host.isEmpty() && pools.size() <= 1;
    if (!classes.isEmpty()) {
      OptionSet poolOrNull = pools.isEmpty() ? null : pools.get(0);
      return few
          ? ready(
              new Key(subnet, poolOrNull, members.numbers()),
              () -> merged(host, pools, subnet, members),
              members)
          : maker.apply(merged(host, pools, subnet, members).seenBy(members));
    }
    T ready = null;
    if (few) {
      ready =
          pools.isEmpty()
              ? bySubnet.get(subnet)
              : byPool.getOrDefault(subnet, Map.of()).get(pools.get(0));
    }
    return ready != null ? ready : maker.apply(inner(host, pools).over(subnet.options()));
  }

  /**
   * Tells whose options a client gets.
   *
   * @param subnetOrNull that serves it; null if the plan does not know its link
   * @param pools the options of the pools that its leases are from, without empty ones
   * @param members its classes
   */
  public void tell(
      Explanation to,
      Subnet subnetOrNull,
      ReservedLeases reserved,
      List<OptionSet> pools,
      ClassSet members) {
    if (!to.isOn()) {
      return;
    }
    List<OptionLevel> levels = new ArrayList<>();
    if (subnetOrNull != null) {
      add(levels, "host", reserved.options(subnetOrNull), members);
      pools.forEach(pool -> add(levels, "pool", pool, members));
      add(levels, "subnet", subnetOrNull.localOptions().own(), members);
      add(levels, "shared-network", subnetOrNull.localOptions().network(), members);
    }
    for (int i = 0; i < members.size(); i++) {
      ClientClass one = classes.definition(members.number(i));
      if (one != null) {
        add(levels, "class " + one.name(), one.options(), members);
      }
    }
    add(levels, "global", globals, members);
    to.options(levels);
  }

  private static void add(
      List<OptionLevel> levels, String name, OptionSet options, ClassSet members) {
    OptionSet seen = options.seenBy(members);
    if (!seen.isEmpty()) {
      levels.add(new OptionLevel(name, seen));
    }
  }

  private static OptionSet inner(OptionSet host, List<OptionSet> pools) {
    OptionSet set = host;
    for (OptionSet pool : pools) {
      set = set.over(pool);
    }
    return set;
  }

  private OptionSet merged(OptionSet host, List<OptionSet> pools, Subnet subnet, ClassSet members) {
    return inner(host, pools).over(subnet.localOptions().all()).over(ofClasses(members));
  }

  /** Options of classes, of the one that the client came into first before others; then globals. */
  private OptionSet ofClasses(ClassSet members) {
    OptionSet set = OptionSet.NONE;
    for (int i = 0; i < members.size(); i++) {
      ClientClass one = classes.definition(members.number(i));
      set = one == null ? set : set.over(one.options());
    }
    return set.over(globals);
  }

  private T ready(Key key, Supplier<OptionSet> set, ClassSet members) {
    T ready = byClasses.get(key);
    if (ready == null) {
      ready = maker.apply(set.get().seenBy(members));
      if (byClasses.size() < MOST_READY) {
        byClasses.put(key, ready);
      }
    }
    return ready;
  }

  /** For whom something is ready: parts of the plan by identity, and classes in their order. */
  private static final class Key {
    private final Subnet subnetOrNull;
    private final OptionSet poolOrNull;
    private final int[] classes;

    Key(Subnet subnetOrNull, OptionSet poolOrNull, int[] classes) {
      this.subnetOrNull = subnetOrNull;
      this.poolOrNull = poolOrNull;
      this.classes = classes;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && subnetOrNull == that.subnetOrNull
          && poolOrNull == that.poolOrNull
          && Arrays.equals(classes, that.classes);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * System.identityHashCode(subnetOrNull) + System.identityHashCode(poolOrNull))
          + Arrays.hashCode(classes);
    }
  }
}
