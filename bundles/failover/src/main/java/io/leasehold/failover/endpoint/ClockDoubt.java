// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import io.leasehold.failover.connection.ClockWatch;
import io.leasehold.failover.effect.Moment;

/**
 * Until when times of this server and of its partner cannot be put in order: RFC 8156 section 7.1
 * compares times of clocks that are at most five seconds apart. What clients got while clocks were
 * apart, and the partner has not acknowledged, may have been after whatever the partner says of it.
 * Owner: the endpoint's thread.
 */
final class ClockDoubt {
  /** Instead of a time: the clocks are apart. */
  static final long STANDING = Long.MAX_VALUE;

  private final ClockWatch watch;
  private long until;

  /** Begins with what is stored. */
  ClockDoubt(long until, Moment now) {
    this.until = until;
    this.watch = new ClockWatch(now);
  }

  /**
   * Looks at the clocks. One that was set forward was behind, and nobody may have said so. One that
   * was set back gave times that were too late: what clients have from it is the later news anyway.
   *
   * @param isConnected whether a partner is there, which compares clocks, too
   * @param isApart whether they were apart by the partner's last message
   * @return whether there is a doubt now, and was none
   */
  boolean look(boolean isConnected, boolean isApart, Moment now) {
    boolean wasBehind = watch.setBySeconds(now) > 0;
    if (isConnected || until == STANDING || !isApart && !wasBehind) {
      return false;
    }
    until = STANDING;
    return true;
  }

  /**
   * CONNECT was accepted: what is given from now on is by clocks that agree.
   *
   * @return whether there was a doubt
   */
  boolean agreed(Moment now) {
    look(false, false, now);
    boolean was = until == STANDING;
    until = was ? now.wallSeconds() : until;
    return was;
  }

  /** Seconds since 1970, 0 if clocks were never apart, {@link #STANDING} if they are. */
  long until() {
    return until;
  }
}
