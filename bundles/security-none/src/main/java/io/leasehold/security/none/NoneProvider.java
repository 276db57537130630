// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.none;

import io.leasehold.net.Prefix;
import io.leasehold.security.Assurance;
import io.leasehold.security.Carrier;
import io.leasehold.security.ChannelFactory;
import io.leasehold.security.ChannelProfile;
import io.leasehold.security.ChannelSecurityProvider;
import io.leasehold.security.ProfileRejectedException;
import io.leasehold.security.SecurityServices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Protects nothing, and only where an operator has said twice that nothing is needed: the profile
 * is named in {@code insecure.acknowledged}, and both ends are inside {@code protected.networks}
 * (RFC 7653 section 9.1: a separate step of configuration). Any thread.
 */
public final class NoneProvider implements ChannelSecurityProvider {
  private static final String ACKNOWLEDGED = "insecure.acknowledged";
  private static final String NETWORKS = "protected.networks";
  private static final String FILE = "etc/io.leasehold.security.cfg";

  @Override
  public String name() {
    return "none";
  }

  @Override
  public Set<Carrier> carriers() {
    return Set.of(Carrier.NETWORK, Carrier.STREAM);
  }

  @Override
  public Assurance maximumAssurance() {
    return Assurance.NONE;
  }

  @Override
  public ChannelFactory open(ChannelProfile profile, SecurityServices services)
      throws ProfileRejectedException {
    String name = profile.name();
    if (!words(profile.settings(), ACKNOWLEDGED).contains(name)) {
      throw new ProfileRejectedException(
          "profile %s protects nothing; if that is meant, name it in %s of %s as well"
              .formatted(name, ACKNOWLEDGED, FILE));
    }
    List<Prefix> networks = networks(profile);
    services
        .audit()
        .event(
            "insecure-channel",
            name,
            "INSECURE: hops of this profile are in clear between addresses of " + networks);
    return new ClearChannels(networks);
  }

  private static List<Prefix> networks(ChannelProfile profile) throws ProfileRejectedException {
    List<Prefix> networks = new ArrayList<>();
    for (String word : words(profile.settings(), NETWORKS)) {
      try {
        networks.add(Prefix.ofText(word));
      } catch (IllegalArgumentException e) {
        throw new ProfileRejectedException(
            "%s of %s: '%s' is no prefix; accepted is ADDRESS/LENGTH, 10.0.0.0/8 for example"
                .formatted(NETWORKS, FILE, word));
      }
    }
    if (networks.isEmpty()) {
      throw new ProfileRejectedException(
          "profile %s protects nothing, and no networks are protected; name them in %s of %s"
              .formatted(profile.name(), NETWORKS, FILE));
    }
    return networks;
  }

  private static List<String> words(Map<String, String> settings, String key) {
    return Stream.of(settings.getOrDefault(key, "").split("[\\s,]+"))
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
