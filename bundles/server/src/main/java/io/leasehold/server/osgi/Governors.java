// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.allocation.LeaseGovernor;
import io.leasehold.server.lane.Regime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees that lanes ask the governors that are there. The control thread, but for the alarms. */
final class Governors {
  private static final Logger LOG = LoggerFactory.getLogger(Governors.class);

  /** A relationship comes up a moment after the server, and goes a moment before it. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Surroundings surroundings;
  private final Engine engine;
  private final Map<String, Long> missingSince = new HashMap<>();
  private Map<String, LeaseGovernor> inUse = Map.of();
  private volatile Set<String> told = Set.of();

  Governors(Surroundings surroundings, Engine engine) {
    this.surroundings = surroundings;
    this.engine = engine;
  }

  /** Has the lanes ask others if there are others. */
  void look() {
    Map<String, LeaseGovernor> governors = surroundings.governors();
    if (!governors.equals(inUse)) {
      engine.govern(governors);
      inUse = governors;
    }
    tell(System.nanoTime());
  }

  private void tell(long now) {
    Set<String> missing = missing();
    missingSince.keySet().retainAll(missing);
    missing.forEach(name -> missingSince.putIfAbsent(name, now));
    missing.removeIf(name -> now - missingSince.get(name) < PATIENCE_NANOS);
    if (missing.equals(told)) {
      return;
    }
    missing.stream().filter(name -> !told.contains(name)).forEach(name -> LOG.warn(closed(name)));
    told.stream()
        .filter(name -> !missing.contains(name))
        .forEach(name -> LOG.info("subnets of the failover relationship {} are open", name));
    told = missing;
  }

  /** Names of the plan in force that nobody has. */
  private Set<String> missing() {
    Regime regime = engine.regime();
    Set<String> missing = new TreeSet<>();
    if (regime != null) {
      missing.addAll(regime.territory().governors());
      missing.removeAll(inUse.keySet());
    }
    return missing;
  }

  private static String closed(String name) {
    return "subnets of the failover relationship "
        + name
        + " are closed: there is no such relationship; install it with feature:install"
        + " leasehold-failover and set it up in etc/io.leasehold.failover-"
        + name
        + ".cfg, or take \"failover\" out of the plan";
  }

  /** Which subnets have been closed for a while, a sentence for each relationship. */
  List<String> alarms() {
    return told.stream().map(Governors::closed).toList();
  }
}
