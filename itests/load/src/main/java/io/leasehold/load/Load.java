// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

/**
 * One run of the generator.
 *
 * @param kind the exchanges
 * @param schedule when they begin, or null: as many at a time as the window has
 * @param window how many are going on at a time where there is no schedule
 * @param warmSeconds how long it runs before it counts
 * @param seconds how long it counts
 */
record Load(Kind kind, Schedule schedule, int window, double warmSeconds, double seconds) {
  /** What an exchange consists of. */
  enum Kind {
    /** Both halves. */
    FOUR,
    /** The first half, which has to be answered by a lease. */
    RAPID,
    /** A renewal. */
    RENEW,
    /** Both halves, once for every client without a lease; then it ends. */
    OBTAIN
  }

  boolean isOpen() {
    return schedule != null;
  }
}
