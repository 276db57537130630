// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.failover.effect.Moment;
import java.util.concurrent.TimeUnit;

/**
 * Finds out when the wall clock is set: what was said of absolute times before is then wrong (RFC
 * 8156 section 7.1).
 */
public final class ClockWatch {
  private Moment last;

  /** Watches from now on. */
  public ClockWatch(Moment begin) {
    last = begin;
  }

  /**
   * Seconds by which the wall clock was set forward since the last time, negative if it was set
   * back; 0 if that is no more than five.
   */
  public long setBySeconds(Moment now) {
    long passed = TimeUnit.NANOSECONDS.toSeconds(now.steadyNanos() - last.steadyNanos());
    long ahead = now.wallSeconds() - last.wallSeconds() - passed;
    last = now;
    return Math.abs(ahead) > FailoverMessage.SAME_TIME_SECONDS ? ahead : 0;
  }
}
