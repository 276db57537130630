// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import java.util.random.RandomGenerator;

/**
 * Pauses before a connection is tried again: each may be twice as long as the one before, up to a
 * bound, and is chosen at random so that many hosts do not come at once. One thread.
 */
final class Pauses {
  private static final int MOST_DOUBLINGS = 30;

  private final TcpTimes times;
  private final RandomGenerator random;
  private int failures;

  Pauses(TcpTimes times, RandomGenerator random) {
    this.times = times;
    this.random = random;
  }

  /** The next one. */
  long nextNanos() {
    long least = times.leastPause().toNanos();
    long most = times.mostPause().toNanos();
    failures = Math.min(failures + 1, MOST_DOUBLINGS);
    long bound = least > most >> failures ? most : least << failures;
    return least + (bound > least ? random.nextLong(bound - least) : 0);
  }

  /** All is well: the next pause is short. */
  void reset() {
    failures = 0;
  }
}
