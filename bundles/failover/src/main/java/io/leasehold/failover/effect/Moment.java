// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.effect;

import java.util.concurrent.TimeUnit;

/**
 * Now, by both clocks.
 *
 * @param wallSeconds seconds since 1970; may jump
 * @param steadyNanos of a clock that only goes forward; differences have a meaning, values have not
 */
public record Moment(long wallSeconds, long steadyNanos) {
  /** For {@link #deadline}: never. */
  public static final long NEVER = Long.MAX_VALUE;

  /** The steady time so many seconds from now. */
  public long deadline(long seconds) {
    return steadyNanos + TimeUnit.SECONDS.toNanos(seconds);
  }

  /** Whether a steady time has come. */
  public boolean isAt(long deadline) {
    return deadline != NEVER && steadyNanos - deadline >= 0;
  }
}
