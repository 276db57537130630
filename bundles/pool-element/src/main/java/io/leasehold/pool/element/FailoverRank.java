// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element;

import java.util.Locale;

/**
 * How a server of a failover relationship stands in its group. The relationship alone decides who
 * serves (RFC 8156); this only makes it known.
 */
public final class FailoverRank {
  /** Of a server that has no partner. */
  public static final long ALONE = 200;

  /** Of a server that answers some only; whoever answers all is asked before it. */
  public static final long IMPAIRED = 10;

  private FailoverRank() {}

  /**
   * The readiness in a state.
   *
   * @param state as RFC 8156 section 8 names it, {@code PARTNER-DOWN}
   */
  public static Readiness of(String state, boolean isPrimary) {
    return switch (state.toUpperCase(Locale.ROOT)) {
      case "PARTNER-DOWN" -> ready(250, state);
      case "NORMAL" -> ready(isPrimary ? 200 : 100, state);
      case "CONFLICT-DONE" -> ready(200, state);
      case "COMMUNICATIONS-INTERRUPTED", "RESOLUTION-INTERRUPTED" -> ready(150, state);
      // RFC 8156 section 8.7: it answers those who renew.
      case "RECOVER-DONE" -> ready(50, state);
      default -> Readiness.absent("failover is in " + state + ", in which it answers nobody");
    };
  }

  private static Readiness ready(long rank, String state) {
    return Readiness.ready(rank, "failover is in " + state);
  }
}
