// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import io.leasehold.failover.effect.Completion;
import io.leasehold.failover.effect.Moment;
import java.util.Optional;

/**
 * An orderly end by an operator's word: nobody is answered, the partner hears what it has not heard
 * yet, and then that this server shuts down. Owner: the endpoint's thread.
 */
final class Drain {
  /** How long updates may take. */
  private static final long SECONDS = 30;

  /** For requests that were being answered when it began. */
  private static final long LEAST_SECONDS = 1;

  private Optional<Completion<String>> answer = Optional.empty();
  private long wake = Moment.NEVER;
  private long deadline = Moment.NEVER;
  private boolean isLongEnough;
  private boolean isOver;

  /** Begins. */
  void begin(Completion<String> whenOver, Moment now) {
    answer = Optional.of(whenOver);
    wake = now.deadline(LEAST_SECONDS);
    deadline = now.deadline(SECONDS);
    isLongEnough = false;
  }

  /** Whether it can end: nothing is left to be said, or it has lasted long enough. */
  boolean isDue(boolean isThrough, Moment now) {
    if (now.isAt(wake)) {
      isLongEnough = true;
      wake = deadline;
    }
    return now.isAt(deadline) || isThrough && isLongEnough;
  }

  /** Whether updates are waited for. */
  boolean isUnderWay() {
    return answer.isPresent();
  }

  /** Whether this server has said that it shuts down. */
  boolean isOver() {
    return isOver;
  }

  /** When time alone may end it, steady nanoseconds. */
  long deadline() {
    return wake;
  }

  /** The partner has heard what it could. */
  void end(long left, Moment now) {
    isOver = true;
    settle()
        .done(
            left == 0
                ? "The partner has all updates and serves. Stop this server now."
                : "The partner serves. "
                    + left
                    + " updates were not through. Stop this server now.",
            now);
  }

  /** The partner is gone: this server has to serve on. */
  void giveUp(Moment now) {
    settle().failed("The connection was lost meanwhile. This server serves on.", now);
  }

  private Completion<String> settle() {
    Completion<String> settled = answer.orElseThrow();
    answer = Optional.empty();
    wake = Moment.NEVER;
    return settled;
  }
}
