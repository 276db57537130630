// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.failover.effect.Moment;
import java.util.concurrent.TimeUnit;

/**
 * Finds out when the wall clock is set back: what was said of absolute times before is then wrong
 * (RFC 8156 section 7.1).
 */
final class ClockWatch {
  private Moment last;

  ClockWatch(Moment begin) {
    last = begin;
  }

  /** Seconds that the wall clock went back since the last time, if more than five; else 0. */
  long stepBackSeconds(Moment now) {
    long passed = TimeUnit.NANOSECONDS.toSeconds(now.steadyNanos() - last.steadyNanos());
    long behind = passed - (now.wallSeconds() - last.wallSeconds());
    last = now;
    return behind > FailoverMessage.SAME_TIME_SECONDS ? behind : 0;
  }
}
