// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.prefix;

import io.leasehold.relay.RelayStatus;
import io.leasehold.relay.RouteSink;
import io.leasehold.relay.agent.Alarms;
import io.leasehold.relay.agent.ClientWatch;
import io.leasehold.relay.agent.Tally;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delegated prefixes of one relay agent, from the message to the route (RFC 8987). One thread calls
 * {@link #turn} again and again; it makes durable what was learned and then changes routes, and
 * both may block it. A message is never held up by that: RFC 8987 wants no more than prefixes that
 * survive a restart (S-1), so what a power failure takes with it is what was learned in the last
 * moment, and is learned again when the client renews. All else may be called by any thread.
 */
public final class PrefixKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(PrefixKeeper.class);
  private static final long PAUSE_MILLIS = 10_000;

  /** So that others get their turn between routes. */
  private static final int ROUTES_IN_A_TURN = 8;

  private final Alarms alarms;
  private final Tally tally;
  private final DelegatedPrefixes prefixes;
  private final PrefixLog log;
  private final Routes routes;
  private final Runnable wake;
  private volatile PrefixSettings settings = PrefixSettings.NONE;
  private volatile RouteSink sink;

  private RouteSink sinkInUse;
  private boolean restored;
  private boolean unwritten;
  private long notBeforeMillis = Long.MIN_VALUE;

  /**
   * Keeps nothing yet.
   *
   * @param medium where prefixes are kept; asked at the first turn
   * @param wake called when another turn is needed at once, on the thread that brought the need
   */
  public PrefixKeeper(PrefixMedium medium, Tally tally, Alarms alarms, Runnable wake) {
    this.alarms = alarms;
    this.tally = tally;
    this.wake = wake;
    this.log = new PrefixLog(medium);
    this.prefixes = new DelegatedPrefixes(tally, alarms, wake);
    this.routes = new Routes(tally, alarms);
  }

  /** What looks at messages. */
  public ClientWatch watch() {
    return prefixes;
  }

  /** Works by these settings from now on; what is known stays. */
  public void configure(PrefixSettings next) {
    settings = next;
    prefixes.configure(next);
    wake.run();
  }

  /** Changes routes there from now on; null for nowhere. */
  public void use(RouteSink next) {
    sink = next;
    wake.run();
  }

  /**
   * Does what there is to do.
   *
   * @return when to call again if nobody wakes before, milliseconds since the epoch
   */
  public long turn(long nowMillis) {
    if (!settings.remembered() && !restored) {
      return Long.MAX_VALUE;
    }
    if (!restored && nowMillis < notBeforeMillis) {
      return notBeforeMillis;
    }
    if (!restored && !restore(nowMillis)) {
      return notBeforeMillis;
    }
    prefixes.expire(nowMillis);
    keep(nowMillis);
    long next = Math.min(prefixes.nextEndMillis(), route(nowMillis));
    return unwritten ? Math.min(next, notBeforeMillis) : next;
  }

  private boolean restore(long nowMillis) {
    try {
      PrefixLog.Kept kept = log.read();
      prefixes.restore(kept.delegations(), nowMillis);
      restored = true;
      if (kept.damagedLines() > 0) {
        alarms.raise(
            "prefixes-damaged",
            log.place() + ": " + kept.damagedLines() + " damaged lines are left out",
            nowMillis);
      }
      LOG.info("{}: {} delegated prefixes", log.place(), kept.delegations().size());
    } catch (IOException e) {
      failed("read", e, nowMillis);
    }
    return restored;
  }

  private void failed(String verb, IOException why, long nowMillis) {
    notBeforeMillis = nowMillis + PAUSE_MILLIS;
    tally.count(PrefixEvent.PREFIX_WRITE_FAILED);
    String sentence =
        "delegated prefixes cannot be "
            + verb
            + ", which is tried again; until then a restart forgets them: "
            + why.getMessage();
    if (alarms.raise("prefixes-not-durable", sentence, nowMillis)) {
      LOG.warn("{}: {}", log.place(), sentence);
    }
  }

  private void keep(long nowMillis) {
    List<PrefixChange> changes = prefixes.takeChanges();
    changes.forEach(each -> routes.apply(each, nowMillis));
    boolean wanted = !changes.isEmpty() && !unwritten || unwritten && nowMillis >= notBeforeMillis;
    unwritten |= !changes.isEmpty();
    if (wanted) {
      try {
        log.write(changes, prefixes::all);
        unwritten = false;
      } catch (IOException e) {
        failed("written", e, nowMillis);
      }
    }
  }

  private long route(long nowMillis) {
    RouteSink now = sink;
    if (now != sinkInUse) {
      sinkInUse = now;
      routes.startAgain(nowMillis);
    }
    if (now == null) {
      return Long.MAX_VALUE;
    }
    for (int i = 0; i < ROUTES_IN_A_TURN && routes.nextDueMillis() <= nowMillis; i++) {
      routes.step(now, settings.refreshMillis(), nowMillis);
    }
    return routes.nextDueMillis();
  }

  /** Prefixes as operators see them. */
  public List<RelayStatus.DelegatedPrefix> prefixes() {
    return prefixes.all().stream()
        .map(
            each ->
                new RelayStatus.DelegatedPrefix(
                    each.prefix(),
                    each.nextHop(),
                    each.interfaceName(),
                    Instant.ofEpochMilli(each.validUntilMillis()),
                    routes.isInPlace(each.prefix())))
        .toList();
  }
}
