// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.pool;

/**
 * How far a promise to a client may go beyond what the partner has acknowledged (RFC 8156 section
 * 4.4). Times are seconds since 1970.
 */
public final class LeadTime {
  /** Absolute times on the wire are compared modulo 2^32: none may be further away than half. */
  private static final long FURTHEST = Integer.MAX_VALUE;

  private LeadTime() {}

  /**
   * The lifetime that a client may be promised: its end is never later than {@code max(acked, now)
   * + mcltSeconds}.
   *
   * @param desiredSeconds what the plan wants
   * @param acked acked-partner-lifetime; 0 if nothing was acknowledged
   */
  public static long promised(long desiredSeconds, long acked, long now, long mcltSeconds) {
    return Math.min(desiredSeconds, Math.max(acked - now, 0) + mcltSeconds);
  }

  /** A lifetime to which the MCLT does not apply: only no longer than can be told the partner. */
  public static long unlimited(long desiredSeconds) {
    return Math.min(desiredSeconds, FURTHEST);
  }

  /**
   * The partner-lifetime to be sent for a lease: the client renews at T1 and then wants the whole
   * lifetime again.
   *
   * @param renewSeconds T1 as the client is told
   */
  public static long partnerLifetime(long now, long renewSeconds, long desiredSeconds) {
    return now + Math.min(renewSeconds + desiredSeconds, FURTHEST);
  }
}
