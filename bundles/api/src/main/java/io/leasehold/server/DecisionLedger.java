// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Why clients get what they get. Nothing is noted before a trace is begun, and traces end by
 * themselves. Methods may be called from any thread.
 */
@ProviderType
public interface DecisionLedger {
  /** For how long a trace runs. */
  Duration USUAL_TIME = Duration.ofMinutes(10);

  /** How many decisions a trace keeps. */
  int USUAL_COUNT = 100;

  /** How many decisions a trace may keep at most. */
  int MOST_COUNT = 1000;

  /** For how long a trace may run at most. */
  Duration LONGEST_TIME = Duration.ofHours(24);

  /**
   * Begins a trace. One with the same pattern goes on with the new bounds and keeps what it has.
   *
   * @param time for how long, up to {@link #LONGEST_TIME}
   * @param most for how many decisions, up to {@link #MOST_COUNT}
   * @throws IllegalStateException if too many traces run
   */
  TraceState begin(TracePattern pattern, Duration time, int most);

  /** Ends a trace and forgets what it has kept; false if there is none. */
  boolean end(TracePattern pattern);

  /** Traces that run or have ended lately, the oldest first. */
  List<TraceState> traces();

  /**
   * What a trace has kept, the oldest first.
   *
   * @param after only decisions with a greater {@link Decision#number}
   */
  List<Decision> decisions(TracePattern pattern, long after);

  /**
   * What would be answered to a message now. Nothing is committed, offered, counted or sent;
   * interceptors are asked and told that it is a trial. Fails with an {@link
   * IllegalArgumentException} if the trial cannot be made so, and with an {@link
   * IllegalStateException} while there is no plan.
   */
  CompletionStage<Decision> tryOut(PacketTrial trial);
}
