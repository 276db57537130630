// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import io.leasehold.failover.config.FailoverSettings;
import io.leasehold.failover.effect.Moment;

/**
 * When the primary connects: at once, then again and again, and slower when the partner or this
 * server has refused (RFC 8156 section 6.1). It never gives up.
 */
final class ConnectPace {
  private final long pauseSeconds;
  private final long refusedSeconds;
  private long due = Moment.NEVER;

  ConnectPace(FailoverSettings settings) {
    pauseSeconds = settings.connectSeconds();
    refusedSeconds = Math.max(settings.connectSeconds(), settings.rejectedSeconds());
  }

  void atOnce(Moment now) {
    due = now.steadyNanos();
  }

  /** A connection ended, or did not come about. */
  void ended(boolean isRefused, Moment now) {
    due = now.deadline(isRefused ? refusedSeconds : pauseSeconds);
  }

  void stop() {
    due = Moment.NEVER;
  }

  /** Whether it is time; then not again until something has ended. */
  boolean take(Moment now) {
    if (!now.isAt(due)) {
      return false;
    }
    due = Moment.NEVER;
    return true;
  }

  long deadline() {
    return due;
  }
}
