// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pair;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * What a seed is about.
 *
 * @param clients how many
 * @param lanes how many each server has
 * @param plan of both servers
 * @param trouble how long things go wrong
 * @param kinds what goes wrong
 */
record PairScenario(int clients, int lanes, PairPlan plan, Duration trouble, Set<Kind> kinds) {

  /** Kinds of trouble. */
  enum Kind {
    /** The connection between the servers is cut, or slow. */
    WIRE,
    /** Servers lose their power. */
    POWER,
    /** A disk is lost. */
    DISK,
    /** Clocks are apart, and are set. */
    CLOCK,
    /** Operators say that the partner is down, when it is. */
    PARTNER_DOWN,
    /** Operators drain, and have a server learn everything anew. */
    OPERATOR,
    /** Lanes do not tell of all that they change. */
    HINTS
  }

  private static final String[] ALLOCATORS = {"iterative", "random", "flq"};
  private static final long[] MCLT_SECONDS = {60, 60, 80, 100};

  /** Draws one. */
  static PairScenario of(RandomGenerator random) {
    Set<Kind> kinds = new TreeSet<>();
    for (Kind kind : Kind.values()) {
      if (random.nextInt(3) > 0) {
        kinds.add(kind);
      }
    }
    PairPlan plan =
        new PairPlan(
            ALLOCATORS[random.nextInt(ALLOCATORS.length)],
            random.nextInt(3) == 0 ? 16 : 64,
            100 + 40L * random.nextInt(4),
            random.nextBoolean() ? 0 : 200,
            MCLT_SECONDS[random.nextInt(MCLT_SECONDS.length)]);
    Duration trouble = Duration.ofSeconds(random.nextLong(200, 900));
    return new PairScenario(random.nextInt(2, 6), random.nextInt(1, 3), plan, trouble, kinds);
  }

  boolean has(Kind kind) {
    return kinds.contains(kind);
  }
}
