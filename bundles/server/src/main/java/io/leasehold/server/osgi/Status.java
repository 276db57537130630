// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.lease.LeaseStore;
import io.leasehold.net.Family;
import io.leasehold.server.PlanReport;
import io.leasehold.server.RelaySeen;
import io.leasehold.server.ServerStatus;
import io.leasehold.server.SubnetUse;
import io.leasehold.server.lane.Lane;
import io.leasehold.server.lane.Regime;
import io.leasehold.server.metric.Counters;
import io.leasehold.transport.EndpointStatus;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * How the server is. Any thread; what the lanes know is asked of them between two of their turns.
 */
final class Status implements ServerStatus {
  private final ServerControl control;
  private final Engine engine;
  private final Surroundings surroundings;
  private final Counters counters;
  private final Supplier<List<String>> refusedChange;

  /**
   * Asks these.
   *
   * @param refusedChange what is wrong with a change of the configuration that was not taken over
   */
  Status(
      ServerControl control,
      Engine engine,
      Surroundings surroundings,
      Counters counters,
      Supplier<List<String>> refusedChange) {
    this.control = control;
    this.engine = engine;
    this.surroundings = surroundings;
    this.counters = counters;
    this.refusedChange = refusedChange;
  }

  @Override
  public List<String> obstacles() {
    return control.obstacles();
  }

  @Override
  public boolean servesSome() {
    return control.servesSome();
  }

  @Override
  public List<String> alarms() {
    return Stream.of(
            refusedChange.get(),
            control.alarms(),
            new OptionSources(surroundings::definitionsOfBundles, control::catalogue).alarms(),
            engine.alarms(),
            engine.prober().alarms(engine.regime()))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    PlanReport plan = control.planInForce();
    LeaseStore store = surroundings.store();
    Regime regime = engine.regime();
    facts.put("ready-since", control.readySince() == null ? "-" : control.readySince().toString());
    facts.put("server-duid", regime == null ? "-" : regime.serverId().toString());
    facts.put("plan", plan == null ? "-" : plan.summary());
    facts.put("plan-digest", regime == null ? "-" : regime.plan().digest());
    facts.put("store", store == null ? "-" : store.name() + " " + store.status().condition());
    facts.put(
        "transport",
        control.listening().bindings().transportName() == null
            ? "-"
            : control.listening().bindings().transportName());
    long v6 = leases(Family.IPV6);
    long v4 = leases(Family.IPV4);
    facts.put("leases", Long.toString(v6 + v4));
    facts.put("leases-v6", Long.toString(v6));
    facts.put("leases-v4", Long.toString(v4));
    facts.put("lease-memory", engine.memory().use());
    facts.put("relay-policy", control.listening().gate().settings().policy().word());
    facts.put("relays", relays());
    facts.put("lanes", Integer.toString(engine.laneCount()));
    facts.put("requests-waiting", Integer.toString(engine.queued()));
    return facts;
  }

  private String relays() {
    List<RelaySeen> seen = control.listening().gate().seen().relays();
    long refused = seen.stream().filter(relay -> !relay.refusal().isEmpty()).count();
    long inClear = seen.stream().filter(relay -> relay.peer().isEmpty()).count();
    return "%d seen, %d of them INSECURE (nobody vouches for them), %d refused"
        .formatted(seen.size(), inClear, refused);
  }

  private long leases(Family family) {
    return Engine.join(engine.each(lane -> lane.call(target -> target.size(family)))).stream()
        .mapToLong(Integer::longValue)
        .sum();
  }

  @Override
  public Map<String, List<EndpointStatus>> endpoints() {
    Map<String, List<EndpointStatus>> all = new TreeMap<>(control.listening().hops().endpoints());
    String name = control.listening().bindings().transportName();
    if (name != null) {
      all.put(name, control.listening().bindings().endpoints());
    }
    return all;
  }

  @Override
  public Map<String, Long> counters() {
    Map<String, Long> all = new TreeMap<>(counters.snapshot());
    all.putAll(control.listening().bindings().counters());
    all.putAll(control.listening().hops().counters());
    all.put("relays-not-listed", control.listening().gate().seen().notKept());
    all.putAll(engine.prober().counters());
    all.putAll(engine.memory().counters());
    return all;
  }

  @Override
  public List<SubnetUse> subnets() {
    return Engine.join(engine.each(lane -> lane.call(Lane::use))).stream()
        .flatMap(Collection::stream)
        .sorted(Comparator.comparing(SubnetUse::family).thenComparingLong(SubnetUse::id))
        .toList();
  }
}
