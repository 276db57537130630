// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec;

import io.leasehold.net.Ipv6;
import io.leasehold.security.ChannelProfile;
import io.leasehold.security.ProfileRejectedException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a profile says to this provider alone.
 *
 * @param socket control socket of strongSwan
 * @param local addresses of this host, for the generator
 * @param identity of this host for IKE, for the generator; empty: its address
 * @param peers that the profile is for; empty: all that a policy is for
 */
public record IpsecSettings(String socket, List<Ipv6> local, String identity, Set<String> peers) {
  private static final String SOCKET = "vici.socket";
  private static final String LOCAL = "ipsec.local";
  private static final String IDENTITY = "ipsec.identity";
  private static final String PEERS = "ipsec.peers";
  private static final Set<String> KNOWN = Set.of(SOCKET, LOCAL, IDENTITY, PEERS);

  /** Copies the collections. */
  public IpsecSettings {
    local = List.copyOf(local);
    peers = Set.copyOf(peers);
  }

  /**
   * Reads them.
   *
   * @throws ProfileRejectedException naming key, value and accepted form
   */
  public static IpsecSettings of(ChannelProfile profile) throws ProfileRejectedException {
    for (String key : new TreeSet<>(profile.settings().keySet())) {
      if ((key.startsWith("ipsec.") || key.startsWith("vici.")) && !KNOWN.contains(key)) {
        throw new ProfileRejectedException(
            "channel "
                + profile.name()
                + ": "
                + key
                + " is not known; accepted are "
                + String.join(", ", new TreeSet<>(KNOWN)));
      }
    }
    String socket = profile.settings().getOrDefault(SOCKET, "/run/charon.vici").trim();
    if (!socket.startsWith("/")) {
      throw new ProfileRejectedException(
          "channel " + profile.name() + ": " + SOCKET + " = '" + socket + "' is not a full path");
    }
    String identity = profile.settings().getOrDefault(IDENTITY, "").trim();
    if (!identity.matches("[A-Za-z0-9.:@_-]*")) {
      throw new ProfileRejectedException(
          "channel "
              + profile.name()
              + ": "
              + IDENTITY
              + " = '"
              + identity
              + "' is no name, address or mail address");
    }
    return new IpsecSettings(
        socket,
        addresses(profile),
        identity,
        Set.copyOf(words(profile.settings().getOrDefault(PEERS, ""))));
  }

  private static List<Ipv6> addresses(ChannelProfile profile) throws ProfileRejectedException {
    List<String> words = words(profile.settings().getOrDefault(LOCAL, ""));
    try {
      return words.stream().map(Ipv6::ofText).toList();
    } catch (IllegalArgumentException e) {
      throw new ProfileRejectedException(
          "channel " + profile.name() + ": " + LOCAL + ": " + e.getMessage());
    }
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split("[\\s,]+")).filter(each -> !each.isEmpty()).toList();
  }
}
