// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.prefix;

import io.leasehold.net.Prefix;
import io.leasehold.relay.RouteSink;
import io.leasehold.relay.agent.Alarms;
import io.leasehold.relay.agent.Tally;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Routes that should be there, and those that are (RFC 8987 R-1). What fails is tried again, ever
 * more seldom. One thread, which may block, but for {@link #isInPlace}.
 */
final class Routes {
  private static final long FIRST_PAUSE_MILLIS = 1000;
  private static final int MOST_DOUBLINGS = 6;
  private static final long NEVER = Long.MAX_VALUE;

  private final Tally tally;
  private final Alarms alarms;
  private final Map<Prefix, Route> routes = new HashMap<>();
  private final TreeSet<Route> due =
      new TreeSet<>(
          Comparator.comparingLong((Route each) -> each.dueMillis)
              .thenComparing(each -> each.delegation.prefix()));
  private final Set<Prefix> inPlace = ConcurrentHashMap.newKeySet();

  private static final class Route {
    private Delegation delegation;
    private boolean wanted;
    private int failures;
    private long dueMillis;
  }

  Routes(Tally tally, Alarms alarms) {
    this.tally = tally;
    this.alarms = alarms;
  }

  /** Wants what a change means. */
  void apply(PrefixChange change, long nowMillis) {
    Delegation now = change.delegation();
    Route route = routes.computeIfAbsent(now.prefix(), unused -> new Route());
    boolean same =
        route.delegation != null
            && route.wanted == !change.gone()
            && route.delegation.nextHop().equals(now.nextHop())
            && route.delegation.interfaceName().equals(now.interfaceName());
    if (!same) {
      if (route.delegation != null) {
        due.remove(route);
      }
      route.delegation = now;
      route.wanted = !change.gone();
      route.failures = 0;
      route.dueMillis = nowMillis;
      due.add(route);
    }
  }

  /** Somebody else puts routes in place from now on. */
  void startAgain(long nowMillis) {
    inPlace.clear();
    due.clear();
    for (Route each : routes.values()) {
      each.failures = 0;
      each.dueMillis = nowMillis;
      due.add(each);
    }
  }

  /** When there is something to do; {@link Long#MAX_VALUE} if nothing. */
  long nextDueMillis() {
    return due.isEmpty() ? NEVER : due.first().dueMillis;
  }

  /**
   * Does one thing that is due.
   *
   * @param refreshMillis after which a route is put in place again; 0 for never
   */
  void step(RouteSink sink, long refreshMillis, long nowMillis) {
    Route route = due.pollFirst();
    try {
      change(sink, route);
      route.failures = 0;
      route.dueMillis = refreshMillis == 0 ? NEVER : nowMillis + refreshMillis;
    } catch (IOException | RuntimeException e) {
      failed(sink, route, e, nowMillis);
    }
    if (routes.containsKey(route.delegation.prefix()) && route.dueMillis != NEVER) {
      due.add(route);
    }
  }

  private void change(RouteSink sink, Route route) throws IOException {
    Delegation it = route.delegation;
    if (route.wanted) {
      sink.add(it.prefix(), it.nextHop(), it.interfaceName());
      if (inPlace.add(it.prefix())) {
        tally.count(PrefixEvent.ROUTE_ADDED);
      }
    } else {
      sink.remove(it.prefix(), it.nextHop(), it.interfaceName());
      inPlace.remove(it.prefix());
      routes.remove(it.prefix());
      tally.count(PrefixEvent.ROUTE_REMOVED);
    }
  }

  private void failed(RouteSink sink, Route route, Exception why, long nowMillis) {
    Delegation it = route.delegation;
    inPlace.remove(it.prefix());
    route.dueMillis =
        nowMillis + (FIRST_PAUSE_MILLIS << Math.min(route.failures++, MOST_DOUBLINGS));
    tally.count(PrefixEvent.ROUTE_FAILED);
    alarms.raise(
        "route-" + it.interfaceName(),
        "interface "
            + it.interfaceName()
            + ": routes cannot be changed by "
            + sink.name()
            + ", which is tried again: "
            + why.getMessage(),
        nowMillis);
  }

  /** Whether the route to a prefix is in place. Any thread. */
  boolean isInPlace(Prefix prefix) {
    return inPlace.contains(prefix);
  }
}
