// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.hop.HopUri;
import io.leasehold.net.Family;
import io.leasehold.server.relay.RelayGate;
import io.leasehold.server.relay.RelayPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What {@link ServerConfig} says about relay agents and hops.
 *
 * @param listeners where they connect
 * @param relayChannel name of the channel for plain datagrams; empty if there is none
 * @param gate who may speak
 */
record HopSettings(List<Listener> listeners, String relayChannel, RelayGate.Settings gate) {
  /** Plain datagrams of everybody. */
  static final HopSettings NONE = new HopSettings(List.of(), "", RelayGate.Settings.USUAL);

  private static final Set<String> SCHEMES = Set.of("tls", "dtls", "tcp");
  private static final Set<String> PARAMETERS = Set.of("channel", "family");

  /**
   * A place where relay agents connect.
   *
   * @param uri as configured
   * @param families for which
   * @param channel name of the profile that protects it
   */
  record Listener(HopUri uri, List<Family> families, String channel) {}

  /** Reads the keys; what cannot be used is added to {@code wrong}. */
  static HopSettings from(ServerConfig config, StringBuilder wrong) {
    List<Listener> listeners = new ArrayList<>();
    for (String text : config.listen().trim().split("\\s+")) {
      if (!text.isEmpty()) {
        add(text, config.channel().trim(), listeners, wrong);
      }
    }
    RelayPolicy policy =
        RelayPolicy.of(config.relay_policy().trim().toLowerCase(Locale.ROOT)).orElse(null);
    if (policy == null) {
      refuse("relay.policy", config.relay_policy(), "open, listed or protected", wrong);
    }
    String layer2 = config.relay_layer2().trim();
    if (!layer2.equals("trust") && !layer2.equals("ignore")) {
      refuse("relay.layer2", layer2, "trust or ignore", wrong);
    }
    return new HopSettings(
        List.copyOf(listeners),
        config.relay_channel().trim(),
        new RelayGate.Settings(policy, config.ani_accept_over_cleartext(), layer2.equals("trust")));
  }

  private static void add(
      String text, String usualChannel, List<Listener> into, StringBuilder wrong) {
    HopUri uri;
    try {
      uri = HopUri.parse(text);
    } catch (IllegalArgumentException e) {
      wrong.append(" listen: ").append(e.getMessage()).append(';');
      return;
    }
    if (!SCHEMES.contains(uri.scheme()) || !PARAMETERS.containsAll(uri.parameters().keySet())) {
      String accepted = "tls://, dtls:// or tcp://, with the parameters channel and family only";
      refuse("listen", text, accepted, wrong);
      return;
    }
    String channel = uri.parameters().getOrDefault("channel", usualChannel);
    if (channel.isEmpty()) {
      refuse("listen", text, "with a channel: set the key channel, or ?channel=NAME", wrong);
      return;
    }
    List<Family> families = families(uri.parameters().get("family"));
    if (families.isEmpty() || uri.port() != 0 && families.size() > 1) {
      refuse("listen", text, "?family=v4 or ?family=v6, which a port needs", wrong);
      return;
    }
    into.add(new Listener(uri, families, channel));
  }

  private static List<Family> families(String wordOrNull) {
    if (wordOrNull == null) {
      return List.of(Family.values());
    }
    return switch (wordOrNull) {
      case "v4" -> List.of(Family.IPV4);
      case "v6" -> List.of(Family.IPV6);
      default -> List.of();
    };
  }

  private static void refuse(String key, String value, String accepted, StringBuilder wrong) {
    wrong.append(" %s = %s, accepted: %s;".formatted(key, value, accepted));
  }
}
