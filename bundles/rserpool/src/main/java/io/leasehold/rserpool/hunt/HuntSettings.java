// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.hunt;

import java.time.Duration;
import java.util.List;

/**
 * How registrars are looked for.
 *
 * @param places the configured registrars, at least one (RFC 5352 section 3.6)
 * @param firstRound T5-Serverhunt, how long the first round takes
 * @param longestRound RETRAN.max, what it is doubled up to
 * @param distrust for how long one is left alone that did not prove who it is
 * @param outdate T7-ENRPoutdate, how long an announcement is valid
 */
public record HuntSettings(
    List<KnownRegistrar> places,
    Duration firstRound,
    Duration longestRound,
    Duration distrust,
    Duration outdate) {
  /** T5 of RFC 5352 section 7.1. */
  public static final Duration FIRST_ROUND = Duration.ofSeconds(10);

  /** RETRAN.max of RFC 5352 section 7.1. */
  public static final Duration LONGEST_ROUND = Duration.ofSeconds(60);

  /** Longer than any round but the longest. */
  public static final Duration DISTRUST = Duration.ofSeconds(60);

  /** T7 of RFC 5352 section 7.1. */
  public static final Duration OUTDATE = Duration.ofSeconds(5);

  /** Refuses to have no registrar, and rounds that cannot be. */
  public HuntSettings {
    places = List.copyOf(places);
    if (places.isEmpty()) {
      throw new IllegalArgumentException("no registrar is configured");
    }
    if (firstRound.toMillis() < 1 || longestRound.compareTo(firstRound) < 0) {
      throw new IllegalArgumentException(
          "rounds of " + firstRound + " to " + longestRound + " cannot be");
    }
  }

  /** With the times of the RFC but one. */
  public static HuntSettings of(List<KnownRegistrar> places, Duration firstRound) {
    return new HuntSettings(places, firstRound, LONGEST_ROUND, DISTRUST, OUTDATE);
  }
}
