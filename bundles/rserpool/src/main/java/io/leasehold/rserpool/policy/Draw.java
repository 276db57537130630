// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.policy;

import java.util.random.RandomGenerator;

/** Draws by weight without repeats. */
final class Draw {
  private Draw() {}

  /**
   * A rank by chance. The smallest of several is that of each with a probability of its share of
   * all weights, and so on among the others (Efraimidis and Spirakis).
   *
   * @param weight 0 is after all others
   */
  static long rank(long weight, RandomGenerator random) {
    double waiting = -Math.log(1 - random.nextDouble()) / weight;
    // Of numbers that are not negative the bits have the order of the numbers.
    return weight == 0 ? Long.MAX_VALUE : Double.doubleToLongBits(waiting + 0.0);
  }
}
