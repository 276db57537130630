// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.hunt;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How registrars are looked for.
 *
 * @param places the configured registrars, at least one unless announcements are heard (RFC 5352
 *     section 3.6)
 * @param firstRound T5-Serverhunt, how long the first round takes
 * @param longestRound RETRAN.max, what it is doubled up to
 * @param distrust for how long one is left alone that did not prove who it is
 * @param outdate T7-ENRPoutdate, how long an announcement is valid
 * @param announced where announcements are heard; none if they are not
 */
public record HuntSettings(
    List<KnownRegistrar> places,
    Duration firstRound,
    Duration longestRound,
    Duration distrust,
    Duration outdate,
    Optional<Announced> announced) {
  /** T5 of RFC 5352 section 7.1. */
  public static final Duration FIRST_ROUND = Duration.ofSeconds(10);

  /** RETRAN.max of RFC 5352 section 7.1. */
  public static final Duration LONGEST_ROUND = Duration.ofSeconds(60);

  /** Longer than any round but the longest. */
  public static final Duration DISTRUST = Duration.ofSeconds(60);

  /** T7 of RFC 5352 section 7.1. */
  public static final Duration OUTDATE = Duration.ofSeconds(5);

  /**
   * Where announcements are heard.
   *
   * @param interfaces their names, at least one
   * @param channel name of the profile by which registrars that are announced prove what they are
   */
  public record Announced(List<String> interfaces, String channel) {
    /** Keeps the list. */
    public Announced {
      interfaces = List.copyOf(interfaces);
      Objects.requireNonNull(channel);
    }

    /**
     * As configured.
     *
     * @param interfaces none if announcements are not to be heard
     * @param channel may be empty
     * @param places the configured registrars
     * @param refuse takes what is wrong, with what is accepted
     */
    public static Optional<Announced> of(
        List<String> interfaces,
        String channel,
        List<KnownRegistrar> places,
        Consumer<String> refuse) {
      if (interfaces.isEmpty()) {
        return Optional.empty();
      }
      if (channel.isEmpty()) {
        refuse.accept(
            "announcements: channel is missing; accepted is the name of a profile by which"
                + " registrars prove what they are");
      }
      if (places.stream().anyMatch(each -> each.to().inClear())) {
        // RFC 5355 section 2.12: anybody may announce, and in clear anybody would be believed.
        refuse.accept(
            "announcements: registrars are in clear, where nothing proves who is there; accepted"
                + " are tls:// registrars, or no announcements");
      }
      return Optional.of(new Announced(interfaces, channel));
    }
  }

  /** Refuses to have no registrar, and rounds that cannot be. */
  public HuntSettings {
    places = List.copyOf(places);
    if (places.isEmpty() && announced.isEmpty()) {
      throw new IllegalArgumentException("no registrar is configured");
    }
    if (firstRound.toMillis() < 1 || longestRound.compareTo(firstRound) < 0) {
      throw new IllegalArgumentException(
          "rounds of " + firstRound + " to " + longestRound + " cannot be");
    }
  }

  /** Without announcements. */
  public HuntSettings(
      List<KnownRegistrar> places,
      Duration firstRound,
      Duration longestRound,
      Duration distrust,
      Duration outdate) {
    this(places, firstRound, longestRound, distrust, outdate, Optional.empty());
  }

  /** With the times of the RFC but one. */
  public static HuntSettings of(List<KnownRegistrar> places, Duration firstRound) {
    return new HuntSettings(places, firstRound, LONGEST_ROUND, DISTRUST, OUTDATE);
  }
}
