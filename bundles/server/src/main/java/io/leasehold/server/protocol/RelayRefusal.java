// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.net.Family;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why a relayed message is not taken from where it came. */
public enum RelayRefusal {
  /** It came in clear, and only protected hops may speak for this link. */
  UNPROTECTED(
      "relay-unprotected",
      "only relay agents on protected hops may speak for that link; give it a hop to listen,"
          + " or widen relay.policy"),
  /** It came in clear from nobody of the peer directory. */
  UNLISTED(
      "relay-unlisted",
      "relay.policy is listed and it is no peer with the role relay; approve it with"
          + " dhcp:peer-approve if it is yours"),
  /** Its scope does not have the link. */
  LINK("relay-link", "the link is outside the scope of its entry in the peer directory"),
  /** A good credential, but not that of a relay agent. */
  ROLE("relay-role", "its peer has not the role relay, or nobody here can say so"),
  /** The channel for plain datagrams does not let it in. */
  NOT_ADMITTED("relay-not-admitted", "the channel of relay.channel does not admit it");

  private final String word;
  private final String remedy;
  private final Map<Family, DropReason> reasons;

  RelayRefusal(String word, String remedy) {
    this.word = word;
    this.remedy = remedy;
    this.reasons =
        Arrays.stream(Family.values())
            .collect(Collectors.toUnmodifiableMap(family -> family, this::reason));
  }

  private DropReason reason(Family family) {
    String counter = (family == Family.IPV6 ? "pkt6-drop-" : "pkt4-drop-") + word;
    return new DropReason() {
      @Override
      public String counter() {
        return counter;
      }

      @Override
      public String meaning() {
        return remedy;
      }
    };
  }

  /** The reason for the counters of a family. */
  public DropReason of(Family family) {
    return reasons.get(family);
  }

  /** Short, for people. */
  public String word() {
    return word;
  }

  /** What it means and what may be done. */
  public String remedy() {
    return remedy;
  }

  /** Counters of a family. */
  public static Stream<String> counters(Family family) {
    return Arrays.stream(values()).map(each -> each.of(family).counter());
  }
}
