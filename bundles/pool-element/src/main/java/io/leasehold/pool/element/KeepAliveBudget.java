// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element;

import java.util.concurrent.TimeUnit;

/** How many keep-alives of a registrar are answered (RFC 5355 section 2.14). One thread. */
final class KeepAliveBudget {
  private static final int PER_SECOND = 10;
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;

  private int left = PER_SECOND;
  private long countedTo;

  KeepAliveBudget(long now) {
    this.countedTo = now;
  }

  /** Whether one more is answered. */
  boolean take(long now) {
    long more = (now - countedTo) / INTERVAL;
    left = (int) Math.min(PER_SECOND, left + more);
    countedTo += more * INTERVAL;
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }
}
