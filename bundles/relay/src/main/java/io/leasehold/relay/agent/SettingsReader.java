// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent;

import io.leasehold.configuration.Keys;
import io.leasehold.hop.Application;
import io.leasehold.hop.HopUri;
import io.leasehold.net.Family;
import io.leasehold.net.Prefix;
import io.leasehold.relay.agent.RelaySettings.Delivery;
import io.leasehold.relay.agent.RelaySettings.HealthSettings;
import io.leasehold.relay.agent.RelaySettings.Mode;
import io.leasehold.relay.agent.RelaySettings.RateSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what relay agents of both families have in common. What is wrong is noted in the {@link
 * Keys}, so that one look at them tells everything; the settings are for use only if nothing is.
 */
public final class SettingsReader {
  /** What one record of DTLS carries. */
  private static final int LARGEST = 16_384;

  /** What one frame of Ethernet carries: a node that bridges does not fragment. */
  private static final int BRIDGED = 1452;

  /** In place of a fallback: messages go nowhere. */
  private static final String DROP = "drop";

  private final String name;
  private final Keys keys;
  private final Application application;
  private final String channel;

  private SettingsReader(String name, Keys keys) {
    this.name = name;
    this.keys = keys;
    Family family = keys.constant("family", Family.IPV6);
    this.application = family == Family.IPV6 ? Application.DHCPV6_RELAY : Application.DHCPV4_RELAY;
    this.channel = keys.text("channel", "");
  }

  /** Reads them. */
  public static RelaySettings read(String name, Keys keys) {
    return new SettingsReader(name, keys).settings();
  }

  private RelaySettings settings() {
    Mode mode = keys.constant("mode", Mode.RELAY);
    List<String> upstreamInterfaces = keys.list("upstream.interfaces");
    List<InterfaceSettings> interfaces = new ArrayList<>(interfaces());
    List<ListenSettings> listen = listen(interfaces);
    PoolSettings pool = pool();
    RelaySettings settings =
        new RelaySettings(
            name,
            application,
            mode,
            interfaces,
            upstreamInterfaces,
            pool == null ? uplinks(mode, upstreamInterfaces) : fallback(),
            Optional.ofNullable(pool),
            listen,
            keys.constant("upstream.mode", Delivery.ALL),
            keys.number("upstream.source.port", application.streamPort(), 1, 65535),
            sources(),
            keys.flag("allow.unprotected.upstream", false),
            keys.number("message.max", mode == Mode.LDRA ? BRIDGED : LARGEST, 576, 65_535),
            rates(),
            health());
    check(settings);
    return settings;
  }

  private List<InterfaceSettings> interfaces() {
    return keys.list(
        "interfaces", "names of interfaces", text -> InterfaceSettings.client(text, keys));
  }

  private List<Prefix> sources() {
    return keys.list("upstream.sources", "prefixes, for example 2001:db8::/64", Prefix::ofText);
  }

  private RateSettings rates() {
    return new RateSettings(
        keys.number("rate.interface", 0, 0, 1_000_000),
        keys.number("rate.interface.burst", 100, 1, 1_000_000),
        keys.number("rate.client", 0, 0, 1_000_000),
        keys.number("rate.client.burst", 10, 1, 1_000_000));
  }

  private HealthSettings health() {
    return new HealthSettings(
        keys.number("health.unanswered", 20, 1, 1_000_000),
        keys.number("health.seconds", 30, 1, 86_400) * 1000L,
        keys.number("health.probe.seconds", 10, 1, 86_400) * 1000L,
        1);
  }

  /** Hops of relay agents below; those of datagrams become interfaces. */
  private List<ListenSettings> listen(List<InterfaceSettings> interfaces) {
    List<ListenSettings> found = new ArrayList<>();
    for (String text : keys.list("listen")) {
      try {
        HopUri uri = HopUri.parse(text);
        String named = uri.parameters().getOrDefault("channel", channel);
        if (uri.scheme().equals("udp")) {
          relaysOn(uri.host(), named, interfaces);
        } else if (named.isEmpty()) {
          keys.refuse("listen", text, "a hop with channel=NAME, or the key channel");
        } else {
          found.add(ListenSettings.of(text, uri, application, named));
        }
      } catch (IllegalArgumentException e) {
        keys.refuse("listen: " + e.getMessage());
      }
    }
    return found;
  }

  private void relaysOn(String name, String named, List<InterfaceSettings> interfaces) {
    if (InterfaceSettings.find(interfaces, name) != null) {
      keys.refuse("listen", "udp://" + name, "an interface that interfaces does not have");
    } else {
      interfaces.add(new InterfaceSettings(name, false, true, named));
    }
  }

  private List<UplinkSettings> uplinks(Mode mode, List<String> upstreamInterfaces) {
    List<String> texts = keys.list("upstream");
    if (texts.isEmpty() && application == Application.DHCPV6_RELAY) {
      // RFC 8415 section 19: All_DHCP_Servers if nothing is configured. RFC 6221 section 6.1: a
      // lightweight relay agent sends where the client did.
      String group = mode == Mode.LDRA ? "ff02::1:2" : "ff05::1:3";
      texts =
          upstreamInterfaces.stream()
              .filter(place -> !place.equals("*"))
              .map(place -> "udp://[" + group + "%" + place.replaceAll("/.*", "") + "]")
              .toList();
    }
    return hops("upstream", texts);
  }

  private List<UplinkSettings> hops(String key, List<String> texts) {
    List<UplinkSettings> found = new ArrayList<>();
    for (String text : texts) {
      try {
        found.add(UplinkSettings.of(text, application, channel));
      } catch (IllegalArgumentException e) {
        keys.refuse(key + ": " + e.getMessage());
      }
    }
    return found;
  }

  /** The pool that upstream names; null if there is none. */
  private PoolSettings pool() {
    List<String> texts = keys.list("upstream");
    if (texts.stream().noneMatch(PoolSettings::isPool)) {
      for (String key : List.of("pool.fallback", "pool.spill", "pool.silence.seconds")) {
        String value = keys.text(key, "");
        if (!value.isEmpty()) {
          keys.refuse(key + " = " + value + ": it is for upstream = pool:NAME only");
        }
      }
      return null;
    }
    if (texts.size() > 1) {
      keys.refuse(
          "upstream: pool:NAME stands there alone; hops to use while nothing is known of the pool"
              + " are for pool.fallback");
    }
    String text = texts.stream().filter(PoolSettings::isPool).findFirst().orElseThrow();
    try {
      return PoolSettings.of(text, application, channel, keys);
    } catch (IllegalArgumentException e) {
      keys.refuse("upstream: " + e.getMessage());
      return null;
    }
  }

  /** Where messages go while nothing is known of the pool. */
  private List<UplinkSettings> fallback() {
    List<String> texts = keys.list("pool.fallback");
    return texts.equals(List.of(DROP)) ? List.of() : hops("pool.fallback", texts);
  }

  private void check(RelaySettings settings) {
    if (settings.interfaces().isEmpty() && settings.listen().isEmpty()) {
      keys.refuse("interfaces and listen are both empty: nothing would be relayed");
    }
    if (settings.uplinks().isEmpty() && settings.pool().isEmpty()) {
      keys.refuse("upstream is empty: messages would go nowhere");
    }
    settings.pool().ifPresent(pool -> check(settings, pool));
    for (UplinkSettings uplink : settings.uplinks()) {
      check(settings, uplink);
    }
    if (settings.mode() == Mode.LDRA && application != Application.DHCPV6_RELAY) {
      keys.refuse("mode = ldra is for family = ipv6 (RFC 6221)");
    }
  }

  private void check(RelaySettings settings, UplinkSettings uplink) {
    if (!uplink.isDatagrams() && uplink.channel().isEmpty()) {
      keys.refuse("upstream", uplink.uri(), "a hop with channel=NAME, or the key channel");
    }
    if (uplink.isDatagrams() && settings.upstreamInterfaces().isEmpty()) {
      keys.refuse(
          "upstream.interfaces is empty, but " + uplink.uri() + " answers with datagrams there");
    }
    if (uplink.address().isMulticast() && uplink.interfaceName().isEmpty()) {
      keys.refuse("upstream", uplink.uri(), "a group with its interface, udp://[ff05::1:3%eth0]");
    }
    checkChain(settings, uplink.uri(), uplink.isPlain());
  }

  private void check(RelaySettings settings, PoolSettings pool) {
    if (!pool.carrier().equals("udp") && pool.channel().isEmpty()) {
      keys.refuse("upstream", pool.uri(), "a pool with channel=NAME, or the key channel");
    }
    if (pool.carrier().equals("udp") && settings.upstreamInterfaces().isEmpty()) {
      keys.refuse(
          "upstream.interfaces is empty, but " + pool.uri() + " answers with datagrams there");
    }
    if (settings.mode() == Mode.LDRA) {
      keys.refuse(
          "upstream", pool.uri(), "a group or a hop, because mode is ldra (RFC 6221 section 6.2)");
    }
    checkChain(settings, pool.uri(), pool.isPlain());
  }

  private void checkChain(RelaySettings settings, String uri, boolean plain) {
    if (plain && !settings.allowUnprotectedUpstream() && hasProtectedBelow(settings)) {
      keys.refuse(
          "upstream "
              + uri
              + " is not protected, but relay agents are listened for on protected hops; protect it"
              + " too, or say allow.unprotected.upstream = true");
    }
  }

  private static boolean hasProtectedBelow(RelaySettings settings) {
    return settings.listen().stream().anyMatch(each -> !each.scheme().equals("tcp"))
        || settings.interfaces().stream().anyMatch(each -> !each.channel().isEmpty());
  }
}
