// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

import java.util.OptionalLong;

/**
 * Lifetimes of a subnet, in seconds (RFC 8415 sections 7.7 and 21.6).
 *
 * @param preferred preferred lifetime; all 0 if the plan does not say, see {@link #preferred(long,
 *     long)}
 * @param valid valid lifetime
 * @param renew T1, if the plan dictates it
 * @param rebind T2, if the plan dictates it
 * @param computeTimers whether T1 and T2 that the plan does not dictate are computed; otherwise
 *     they are 0, the client's choice
 * @param renewFraction T1 as a part of the shortest preferred lifetime (RFC 8415 section 21.4)
 * @param rebindFraction T2 likewise
 */
public record Lifetimes(
    Range preferred,
    Range valid,
    OptionalLong renew,
    OptionalLong rebind,
    boolean computeTimers,
    double renewFraction,
    double rebindFraction) {
  /** The lifetime that never ends (RFC 2131 section 3.3, RFC 8415 section 7.7). */
  public static final long FOREVER = 0xffff_ffffL;

  /**
   * What a client may get: what it asks for if that is within the bounds, else the nearer bound;
   * the usual value if it does not ask.
   *
   * @param least lower bound
   * @param usual without a wish of the client
   * @param most upper bound
   */
  public record Range(long least, long usual, long most) {
    /** The lifetime for a wish; 0 is no wish. */
    public long choose(long wish) {
      return wish == 0 ? usual : Math.max(least, Math.min(wish, most));
    }
  }

  /**
   * A preferred lifetime that fits a valid one: as it is, but 0.625 of the valid lifetime if it is
   * 0, because the plan does not say, or longer than that, as in Kea.
   */
  public static long preferred(long seconds, long valid) {
    return seconds == 0 || seconds > valid ? valid * 5 / 8 : seconds;
  }
}
