// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.sim;

import java.util.random.RandomGenerator;

/**
 * When a client repeats a message (RFC 8415 section 15), in milliseconds and repetitions; 0 is no
 * bound.
 *
 * @param initial IRT
 * @param most MRT
 * @param count MRC
 */
record Retransmission(long initial, long most, int count) {
  // RFC 8415 section 7.6.
  static final Retransmission SOLICIT = new Retransmission(1000, 3_600_000, 0);
  static final Retransmission REQUEST = new Retransmission(1000, 30_000, 10);
  static final Retransmission CONFIRM = new Retransmission(1000, 4000, 0);
  static final Retransmission RENEW = new Retransmission(10_000, 600_000, 0);
  static final Retransmission REBIND = new Retransmission(10_000, 600_000, 0);
  static final Retransmission RELEASE = new Retransmission(1000, 0, 4);
  static final Retransmission DECLINE = new Retransmission(1000, 0, 4);

  /** The first waiting time; that of a Solicit is longer than IRT (section 18.2.1). */
  long first(RandomGenerator random) {
    return this == SOLICIT
        ? initial + random.nextLong(1, initial / 10 + 1)
        : spread(initial, random);
  }

  /** The waiting time after one of {@code previous}. */
  long next(long previous, RandomGenerator random) {
    long next = previous + spread(previous, random);
    return most != 0 && next > most ? spread(most, random) : next;
  }

  /** A time plus RAND times it, RAND between -0.1 and 0.1. */
  private static long spread(long time, RandomGenerator random) {
    return time + random.nextLong(-time / 10, time / 10 + 1);
  }
}
