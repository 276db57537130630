// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.core;

import io.leasehold.configuration.Keys;
import io.leasehold.rserpool.hunt.HuntSettings;
import io.leasehold.rserpool.hunt.KnownRegistrar;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How a pool user works.
 *
 * @param hunt which registrars there are, and how one is found
 * @param request T1-ENRPrequest, how long an answer may take
 * @param retransmits MAX-REQUEST-RETRANSMIT, how often is asked again
 * @param stale stale_cache_value, after which what is known is asked for again
 */
public record UserSettings(HuntSettings hunt, Duration request, int retransmits, Duration stale) {
  /** For how long a pool that there is not is not asked for. */
  static final long DENIAL_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final int MOST_REGISTRARS = 32;

  /** Rejects null. */
  public UserSettings {
    Objects.requireNonNull(hunt);
    Objects.requireNonNull(request);
    Objects.requireNonNull(stale);
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException with everything that is wrong with it, a line each
   */
  public static UserSettings read(Map<String, ?> properties) {
    Keys keys = Keys.of(properties);
    String channel = keys.text("channel", "");
    List<KnownRegistrar> places = places(keys, channel);
    Optional<HuntSettings.Announced> announced =
        HuntSettings.Announced.of(keys.list("announcements"), channel, places, keys::refuse);
    Duration request = seconds(keys, "request.seconds", 2, 60);
    int retransmits = keys.number("request.retransmits", 2, 0, 10);
    Duration stale = seconds(keys, "stale.seconds", 30, 3600);
    Duration round = seconds(keys, "hunt.seconds", 3, 60);
    Duration distrust = seconds(keys, "distrust.seconds", 60, 3600);
    List<String> problems = keys.problems();
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return new UserSettings(
        new HuntSettings(
            places, round, HuntSettings.LONGEST_ROUND, distrust, HuntSettings.OUTDATE, announced),
        request,
        retransmits,
        stale);
  }

  private static Duration seconds(Keys keys, String key, int otherwise, int most) {
    return Duration.ofSeconds(keys.number(key, otherwise, 1, most));
  }

  private static List<KnownRegistrar> places(Keys keys, String channel) {
    List<KnownRegistrar> places =
        keys.list("registrars").stream()
            .map(each -> place(keys, each, channel))
            .filter(Objects::nonNull)
            .toList();
    // RFC 5352 section 3.6: nothing else tells where registrars are.
    if (!keys.has("registrars") && !keys.has("announcements")) {
      keys.refuse("registrars is empty: at least one is needed, for example tls://[2001:db8::9]");
    }
    if (places.size() > MOST_REGISTRARS) {
      keys.refuse("registrars: " + MOST_REGISTRARS + " are enough, not " + places.size());
    }
    long inClear = places.stream().filter(each -> each.to().inClear()).count();
    if (inClear > 0 && inClear < places.size()) {
      // RFC 5355 section 2.15: who can hinder the protected ones would choose for us.
      keys.refuse(
          "registrars: all are tls://, or all are tcp:// and sctp:// because nothing protects the pools");
    }
    return places;
  }

  private static KnownRegistrar place(Keys keys, String text, String channel) {
    try {
      return KnownRegistrar.parse(text, channel);
    } catch (IllegalArgumentException e) {
      keys.refuse("registrars: " + e.getMessage());
      return null;
    }
  }
}
