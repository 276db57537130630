// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * What a seed is about.
 *
 * @param clients how many of each protocol
 * @param lanes how many the server has
 * @param sizes of its plans
 * @param trouble how long things go wrong
 * @param kinds what goes wrong
 */
record Scenario(int clients, int lanes, Plans.Sizes sizes, Duration trouble, Set<Kind> kinds) {

  /** Kinds of trouble beyond the ordinary. */
  enum Kind {
    /** Plans that take away a part of what they had. */
    PLANS,
    /** The server's wall clock is set. */
    CLOCK,
    /** An operator releases and wipes. */
    OPERATOR,
    /** There are fewer addresses than clients want. */
    SCARCITY,
    /** In the end a bit is changed that was durable. */
    DAMAGE
  }

  private static final String[] ALLOCATORS = {"iterative", "random", "flq"};

  /** Draws one. */
  static Scenario of(RandomGenerator random) {
    Set<Kind> kinds = new TreeSet<>();
    for (Kind kind : Kind.values()) {
      if (random.nextInt(kind == Kind.DAMAGE ? 12 : 4) == 0) {
        kinds.add(kind);
      }
    }
    int clients = random.nextInt(3, 9);
    Plans.Sizes sizes =
        new Plans.Sizes(
            ALLOCATORS[random.nextInt(ALLOCATORS.length)],
            kinds.contains(Kind.SCARCITY) ? 4 : 64,
            random.nextBoolean() ? 0 : 200);
    Duration trouble = Duration.ofSeconds(random.nextLong(240, 700));
    return new Scenario(clients, random.nextInt(1, 4), sizes, trouble, kinds);
  }

  boolean has(Kind kind) {
    return kinds.contains(kind);
  }
}
