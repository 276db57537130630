// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.channel;

import io.leasehold.security.ChannelProfile;
import io.leasehold.security.ChannelProfile.PostQuantum;
import io.leasehold.security.ChannelProfile.Revocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A profile as configured.
 *
 * @param profile what it says; where something is wrong with it, it is not used
 * @param version of the provider's bundle that is wanted; empty for any
 * @param drain how long channels made in another way may live on
 * @param faults a sentence each
 */
public record ChannelSpec(
    ChannelProfile profile, String version, Duration drain, List<String> faults) {
  /** Keys that every provider's profile has; the others are for the provider. */
  private static final Set<String> COMMON =
      Set.of(
          "provider",
          "provider.version",
          "credential",
          "trust",
          "min.version",
          "pq",
          "revocation",
          "handshake.timeout.seconds",
          "drain.seconds");

  /** Reads a profile; all that is wrong with it is found at once. */
  public static ChannelSpec of(String name, Map<String, String> values) {
    List<String> faults = new ArrayList<>();
    String provider = values.getOrDefault("provider", "");
    if (provider.isEmpty()) {
      faults.add(
          "provider is missing; accepted are tls-cert, tls-psk, dtls-cert, dtls-psk, ipsec and none");
    }
    Map<String, String> settings = new TreeMap<>(values);
    settings.keySet().removeAll(COMMON);
    ChannelProfile profile =
        new ChannelProfile(
            name,
            provider,
            word(values, "min.version", List.of("1.3", "1.2"), faults).equals("1.2"),
            constant(values, "pq", PostQuantum.values(), PostQuantum.PREFER, faults),
            words(values.getOrDefault("credential", "")),
            values.getOrDefault("trust", ""),
            constant(values, "revocation", Revocation.values(), Revocation.SOFT, faults),
            seconds(values, "handshake.timeout.seconds", 10, faults),
            settings);
    return new ChannelSpec(
        profile,
        values.getOrDefault("provider.version", ""),
        seconds(values, "drain.seconds", 30, faults),
        List.copyOf(faults));
  }

  /** The same with settings that hold for the whole installation. */
  ChannelSpec with(Map<String, String> more) {
    Map<String, String> settings = new TreeMap<>(profile.settings());
    settings.putAll(more);
    ChannelProfile richer =
        new ChannelProfile(
            profile.name(),
            profile.provider(),
            profile.tls12(),
            profile.pq(),
            profile.credentials(),
            profile.trust(),
            profile.revocation(),
            profile.handshakeTimeout(),
            settings);
    return new ChannelSpec(richer, version, drain, faults);
  }

  static List<String> words(String text) {
    return Stream.of(text.split("[\\s,]+")).filter(word -> !word.isEmpty()).toList();
  }

  private static String word(
      Map<String, String> values, String key, List<String> accepted, List<String> faults) {
    String word = values.getOrDefault(key, accepted.get(0));
    if (!accepted.contains(word)) {
      faults.add("%s = %s: accepted are %s".formatted(key, word, String.join(", ", accepted)));
    }
    return word;
  }

  private static <E extends Enum<E>> E constant(
      Map<String, String> values, String key, E[] accepted, E usual, List<String> faults) {
    String word = values.getOrDefault(key, lower(usual));
    for (E each : accepted) {
      if (lower(each).equals(word)) {
        return each;
      }
    }
    faults.add(
        "%s = %s: accepted are %s"
            .formatted(
                key,
                word,
                Arrays.stream(accepted).map(ChannelSpec::lower).collect(Collectors.joining(", "))));
    return usual;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Duration seconds(
      Map<String, String> values, String key, int usual, List<String> faults) {
    String text = values.getOrDefault(key, Integer.toString(usual));
    if (text.matches("[0-9]{1,4}") && Integer.parseInt(text) > 0) {
      return Duration.ofSeconds(Integer.parseInt(text));
    }
    faults.add("%s = %s: accepted are 1 to 9999".formatted(key, text));
    return Duration.ofSeconds(usual);
  }
}
