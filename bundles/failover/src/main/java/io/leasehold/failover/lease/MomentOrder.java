// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.lease;

import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.v6.AbsoluteTime;

/**
 * How a moment stands to another one. Clocks of partners differ: moments that are at most five
 * seconds apart are the same (RFC 8156 section 7.5.1).
 */
public enum MomentOrder {
  /** More than five seconds before the other one. */
  EARLIER,
  /** Within five seconds of the other one. */
  SAME,
  /** More than five seconds after the other one. */
  LATER;

  /** How one stands to the other; they may be on both sides of where numbers begin again. */
  public static MomentOrder of(AbsoluteTime one, AbsoluteTime other) {
    if (one.isWithin(FailoverMessage.SAME_TIME_SECONDS, other)) {
      return SAME;
    }
    return one.secondsSince(other) > 0 ? LATER : EARLIER;
  }

  /** The same of moments that Unix counts from 1970, in seconds. */
  public static MomentOrder of(long oneUnixSeconds, long otherUnixSeconds) {
    return of(
        AbsoluteTime.ofUnixSeconds(oneUnixSeconds), AbsoluteTime.ofUnixSeconds(otherUnixSeconds));
  }
}
