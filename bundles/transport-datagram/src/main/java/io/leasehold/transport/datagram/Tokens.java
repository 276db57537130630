// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.datagram;

/**
 * How often something may still happen at a moment: tokens, and when they were counted.
 *
 * @param left tokens, and parts of the next one
 * @param nanos of the clock that the caller uses
 */
public record Tokens(double left, long nanos) {
  private static final double NANOS_PER_SECOND = 1e9;

  /** How many there are now, if so many are earned in a second, and at most so many are kept. */
  public Tokens earned(int perSecond, int most, long now) {
    double earned = (now - nanos) / NANOS_PER_SECOND * perSecond;
    return new Tokens(Math.min(most, left + earned), now);
  }

  /** Whether there is one. */
  public boolean any() {
    return left >= 1;
  }

  /** One less, if there is one. */
  public Tokens spent() {
    return any() ? new Tokens(left - 1, nanos) : this;
  }
}
