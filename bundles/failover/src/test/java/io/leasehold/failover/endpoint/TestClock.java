// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.failover.effect.Moment;
import java.util.concurrent.TimeUnit;

/** The time of a test. */
final class TestClock {
  /** 2027-01-20 16:57:36 UTC. */
  static final long START = AbsoluteTime.EPOCH_UNIX_SECONDS + 0x32e3a400L;

  private long steadyNanos = -5_000_000_000L;

  Moment now() {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(steadyNanos + 5_000_000_000L);
    return new Moment(START + seconds, steadyNanos);
  }

  /** Seconds since 1970. */
  long wall() {
    return now().wallSeconds();
  }

  void pass(long seconds) {
    steadyNanos += TimeUnit.SECONDS.toNanos(seconds);
  }

  /** Goes on to a steady time, if it is to come. */
  void reach(long nanos) {
    steadyNanos = Math.max(steadyNanos, nanos);
  }
}
