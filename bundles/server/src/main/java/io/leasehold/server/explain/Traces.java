// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.explain;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.server.Decision;
import io.leasehold.server.TracePattern;
import io.leasehold.server.TraceState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The traces that operators have begun. While there is none, asking whether there is one is all
 * that it costs. What a trace has kept is forgotten some time after its end. Any thread.
 */
public final class Traces implements Recording.Audience {
  /** How many there may be. */
  public static final int MOST_TRACES = 16;

  /** For how long after its end what a trace has kept can be seen. */
  public static final Duration KEPT = Duration.ofMinutes(10);

  private static final class Trace {
    private final TracePattern pattern;
    private final List<Decision> kept = new ArrayList<>();
    private Instant until;
    private int most;
    private long taken;

    Trace(TracePattern pattern) {
      this.pattern = pattern;
    }

    boolean runs(Instant now) {
      return taken < most && now.isBefore(until);
    }

    void take(Decision decision) {
      taken++;
      kept.add(decision);
      if (kept.size() > most) {
        kept.remove(0);
      }
      if (taken == most) {
        until = decision.at();
      }
    }
  }

  private final Map<TracePattern, Trace> traces = new LinkedHashMap<>();
  private long lastNumber;
  private volatile boolean on;

  /** Whether any trace runs. */
  public boolean isOn() {
    return on;
  }

  /**
   * Listens to what is decided about a message.
   *
   * @param at when it came
   * @param remote where it came from
   */
  public Explanation listen(Instant at, Ipv6 remote) {
    return new Recording(this, at, remote, false);
  }

  /** Begins a trace, or goes on with it under new bounds. */
  public synchronized TraceState begin(TracePattern pattern, Duration time, int most, Instant now) {
    look(now);
    Trace trace = traces.get(pattern);
    if (trace == null) {
      if (traces.size() == MOST_TRACES) {
        throw new IllegalStateException(
            "there are " + MOST_TRACES + " traces already; end one of them first");
      }
      trace = new Trace(pattern);
      traces.put(pattern, trace);
    }
    trace.until = now.plus(time);
    trace.most = most;
    trace.taken = 0;
    on = true;
    return state(trace, now);
  }

  /** Ends a trace and forgets what it has kept; false if there is none. */
  public synchronized boolean end(TracePattern pattern, Instant now) {
    boolean was = traces.remove(pattern) != null;
    look(now);
    return was;
  }

  /** Forgets what is over. */
  public synchronized void look(Instant now) {
    traces.values().removeIf(trace -> now.isAfter(trace.until.plus(KEPT)));
    on = traces.values().stream().anyMatch(trace -> trace.runs(now));
  }

  /** How they stand, the oldest first. */
  public synchronized List<TraceState> states(Instant now) {
    look(now);
    return traces.values().stream().map(trace -> state(trace, now)).toList();
  }

  private static TraceState state(Trace trace, Instant now) {
    return new TraceState(trace.pattern, trace.until, trace.taken, trace.most, trace.runs(now));
  }

  /** What a trace has kept after a decision with a number. */
  public synchronized List<Decision> decisions(TracePattern pattern, long after) {
    Trace trace = traces.get(pattern);
    return trace == null
        ? List.of()
        : trace.kept.stream().filter(decision -> decision.number() > after).toList();
  }

  @Override
  public synchronized boolean wants(
      Collection<Bytes> clients, Collection<Ipv6> relays, OptionalLong transactionId) {
    return traces.values().stream()
        .anyMatch(trace -> trace.pattern.matches(clients, relays, transactionId));
  }

  @Override
  public synchronized void take(Recording.Subject subject, Decision decision) {
    Decision numbered = null;
    for (Trace trace : traces.values()) {
      if (trace.runs(decision.at())
          && (decision.isDropped() || !trace.pattern.dropped())
          && trace.pattern.matches(subject.clients(), subject.relays(), subject.transactionId())) {
        numbered = numbered == null ? numbered(decision) : numbered;
        trace.take(numbered);
      }
    }
    look(decision.at());
  }

  private Decision numbered(Decision decision) {
    return new Decision(
        ++lastNumber,
        decision.at(),
        decision.family(),
        decision.message(),
        decision.transactionId(),
        decision.steps(),
        decision.options(),
        decision.query(),
        decision.answer());
  }
}
