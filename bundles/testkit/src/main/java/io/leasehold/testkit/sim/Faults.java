// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.sim;

/**
 * What a network does to packets. Packets overtake each other whenever delays differ.
 *
 * @param leastDelayMillis shortest way
 * @param mostDelayMillis longest way
 * @param lossPercent packets that never come
 * @param repeatPercent packets that come twice
 */
public record Faults(
    int leastDelayMillis, int mostDelayMillis, int lossPercent, int repeatPercent) {
  /** A quiet wire. */
  public static final Faults NONE = new Faults(1, 1, 0, 0);

  /** A bad one: a fifth is lost, a tenth repeated, and some take two seconds. */
  public static final Faults BAD = new Faults(0, 2000, 20, 10);
}
