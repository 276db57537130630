// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element;

import java.time.Duration;

/**
 * How long a pool element waits.
 *
 * @param registration T2-registration, for the answer to a registration
 * @param deregistration T3-deregistration, for the answer to a deregistration
 * @param life of a registration
 * @param refused after a refusal that this side cannot mend, until it is tried again
 */
public record ElementTimes(
    Duration registration, Duration deregistration, Duration life, Duration refused) {
  /** RFC 5352 section 7.2: registrations before the user is told. */
  public static final int MOST_ATTEMPTS = 2;

  private static final Duration LONGEST_REREGISTRATION = Duration.ofMinutes(10);
  private static final Duration MARGIN = Duration.ofSeconds(20);
  private static final Duration LEAST_LIFE = Duration.ofSeconds(30);

  /** Refuses a life that leaves no time to register again. */
  public ElementTimes {
    if (life.compareTo(LEAST_LIFE) < 0) {
      throw new IllegalArgumentException("a registration lives for 30 s or longer, not " + life);
    }
  }

  /** For DHCP: shorter than RFC 5352 section 7.1 says, because clients wait. */
  public static ElementTimes ofDhcp() {
    return new ElementTimes(
        Duration.ofSeconds(5),
        Duration.ofSeconds(2),
        Duration.ofSeconds(300),
        Duration.ofMinutes(5));
  }

  /** T4-reregistration (RFC 5352 section 7.1). */
  public Duration reregistration() {
    Duration before = life.minus(MARGIN);
    return before.compareTo(LONGEST_REREGISTRATION) < 0 ? before : LONGEST_REREGISTRATION;
  }
}
