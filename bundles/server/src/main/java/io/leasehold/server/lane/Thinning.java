// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

/**
 * How many of the messages that begin a conversation should still be received when more come than
 * can be served. What is dropped here anyway is better dropped by the kernel, which takes less time
 * for it and keeps its room for those who renew; a few are let through in excess, because by them
 * it is seen whether the overload lasts. Owned by one thread.
 */
public final class Thinning {
  /** All of them. */
  public static final int ALL = 1000;

  private static final int FEWEST = 4;

  /** Let through in excess of what was served: about one in ten. */
  private static final double EXCESS = 1.06;

  private static final double RECOVERY = 1.2;

  private double share = ALL;
  private long receivedBefore;
  private long shedBefore;

  /**
   * Called several times a second.
   *
   * @param received messages received since the start
   * @param shed how many of them were dropped because of overload
   * @return how many of a thousand beginnings should be received from now on
   */
  public int next(long received, long shed) {
    long came = received - receivedBefore;
    long dropped = shed - shedBefore;
    receivedBefore = received;
    shedBefore = shed;
    if (dropped * 8 > came) {
      share = Math.max(FEWEST, share * Math.min(1, EXCESS * (came - dropped) / came));
    } else if (dropped * 32 <= came) {
      share = Math.min(ALL, share * RECOVERY + 1);
    }
    return (int) share;
  }
}
