// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.policy;

import io.leasehold.rserpool.wire.Unsigned;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Which load a pool element registers, and when it does so again: when it has moved by a twentieth,
 * and at most once in a second. One thread.
 */
public final class PublishedLoad {
  private static final double STEP = 0.05;
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private boolean published;
  private double last;
  private long at;

  /**
   * The load of a utilisation (RFC 5356 section 3.1).
   *
   * @param utilisation 0 to 1; what is outside is taken for the nearer of both
   * @return 0 to 2^32-1
   */
  public static long load(double utilisation) {
    return Math.round(clamped(utilisation) * Unsigned.MAX_U32);
  }

  /**
   * How much is used now; the load to register, if it is time to.
   *
   * @param utilisation 0 to 1
   * @param steadyNanos of a clock that only goes forward
   */
  public OptionalLong offer(double utilisation, long steadyNanos) {
    double now = clamped(utilisation);
    boolean moved = Math.abs(now - last) >= STEP || now == 1 && last < 1;
    if (published && (!moved || steadyNanos - at < PAUSE_NANOS)) {
      return OptionalLong.empty();
    }
    published = true;
    last = now;
    at = steadyNanos;
    return OptionalLong.of(load(now));
  }

  private static double clamped(double utilisation) {
    if (Double.isNaN(utilisation)) {
      throw new IllegalArgumentException("utilisation is not a number");
    }
    return Math.max(0, Math.min(1, utilisation));
  }
}
