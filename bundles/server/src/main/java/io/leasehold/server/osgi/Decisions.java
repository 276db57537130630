// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.server.Decision;
import io.leasehold.server.DecisionLedger;
import io.leasehold.server.PacketTrial;
import io.leasehold.server.TracePattern;
import io.leasehold.server.TraceState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Decisions as a service. Any thread. */
record Decisions(Engine engine, Trials trials, InstantSource clock) implements DecisionLedger {
  @Override
  public TraceState begin(TracePattern pattern, Duration time, int most) {
    if (time.isNegative() || time.isZero() || time.compareTo(LONGEST_TIME) > 0) {
      throw new IllegalArgumentException("a trace runs for up to " + LONGEST_TIME.toHours() + " h");
    }
    if (most < 1 || most > MOST_COUNT) {
      throw new IllegalArgumentException("a trace keeps 1 to " + MOST_COUNT + " decisions");
    }
    return engine.traces().begin(pattern, time, most, clock.instant());
  }

  @Override
  public boolean end(TracePattern pattern) {
    return engine.traces().end(pattern, clock.instant());
  }

  @Override
  public List<TraceState> traces() {
    return engine.traces().states(clock.instant());
  }

  @Override
  public List<Decision> decisions(TracePattern pattern, long after) {
    return engine.traces().decisions(pattern, after);
  }

  @Override
  public CompletionStage<Decision> tryOut(PacketTrial trial) {
    return trials.tryOut(trial);
  }
}
