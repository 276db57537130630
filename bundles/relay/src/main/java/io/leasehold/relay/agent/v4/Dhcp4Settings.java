// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.v4;

import io.leasehold.codec.option.Options;
import io.leasehold.configuration.Keys;
import io.leasehold.net.Ipv4;
import io.leasehold.relay.agent.InterfaceSettings;
import io.leasehold.relay.agent.RelaySettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What only relay agents of DHCPv4 have.
 *
 * @param interfaces by name
 * @param below for the connections of relay agents farther from the server
 * @param mostHops messages that have passed more relay agents are dropped, 1 to 16
 * @param leastSeconds messages of clients that began less than that ago are dropped
 * @param roomOctets our option is left out of messages that it would make longer than that
 * @param pooled whether clients are to be known as RFC 3074 says, because a pool is upstream
 */
record Dhcp4Settings(
    Map<String, InterfaceRules> interfaces,
    InterfaceRules below,
    int mostHops,
    int leastSeconds,
    int roomOctets,
    boolean pooled) {
  private static final int USUAL_PORT = 67;
  private static final int LARGEST_ETHERNET_DATAGRAM = 1472;

  /** Copies the map. */
  Dhcp4Settings {
    interfaces = Map.copyOf(interfaces);
  }

  /** Reads them; what is wrong is noted in the keys. */
  static Dhcp4Settings read(RelaySettings common, Keys keys) {
    Map<String, InterfaceRules> interfaces = new LinkedHashMap<>();
    List<Ipv4> configured = new ArrayList<>();
    for (InterfaceSettings each : common.interfaces()) {
      address(keys.of(each.name())).ifPresent(configured::add);
    }
    for (InterfaceSettings each : common.interfaces()) {
      Keys own = keys.of(each.name());
      Optional<Ipv4> address = address(own);
      boolean shared = address.isPresent() && Collections.frequency(configured, address.get()) > 1;
      interfaces.put(each.name(), rules(common, own, each, address, shared));
    }
    InterfaceRules below = below(common, keys);
    // RFC 1542 section 4.1.1: at most 16, usually 4.
    return new Dhcp4Settings(
        interfaces,
        below,
        keys.number("hops.max", 4, 1, 16),
        keys.number("seconds.min", 0, 0, 0xffff),
        keys.number("option82.message.max", LARGEST_ETHERNET_DATAGRAM, 300, 65_507),
        common.pool().isPresent());
  }

  private static InterfaceRules rules(
      RelaySettings common,
      Keys own,
      InterfaceSettings settings,
      Optional<Ipv4> address,
      boolean shared) {
    Options said = SubOptionReader.read(own, common.name(), settings.name(), shared);
    return checked(
        new InterfaceRules(
            settings.name(),
            settings.clients(),
            settings.trusted(),
            address,
            said,
            own.flag("server.override", false),
            common.sourcePort() != USUAL_PORT,
            own.constant("option82.present", PresentPolicy.FORWARD)),
        own);
  }

  private static InterfaceRules below(RelaySettings common, Keys keys) {
    Options said = SubOptionReader.read(keys, common.name(), "", false);
    return new InterfaceRules(
        "",
        false,
        true,
        Optional.empty(),
        said,
        false,
        common.sourcePort() != USUAL_PORT,
        keys.constant("option82.present", PresentPolicy.FORWARD));
  }

  private static InterfaceRules checked(InterfaceRules rules, Keys keys) {
    try {
      int length = AgentOption.encode(rules.subOptions(Optional.of(Ipv4.BROADCAST), true)).length();
      if (length > MessageOctets.MAX_OPTION_LENGTH) {
        keys.refuse(rules.name() + ": option 82 would have " + length + " octets, over 255");
      }
    } catch (IllegalArgumentException e) {
      keys.refuse(rules.name() + ": " + e.getMessage());
    }
    return rules;
  }

  private static Optional<Ipv4> address(Keys keys) {
    return Optional.ofNullable(
        keys.value("relay.address", null, "an address of this host", Dhcp4Settings::host));
  }

  private static Ipv4 host(String text) {
    Ipv4 address = Ipv4.ofText(text);
    // RFC 1542 section 4.1.1: never a broadcast address.
    if (!isHost(address)) {
      throw new IllegalArgumentException(text);
    }
    return address;
  }

  /** Whether an address may be a relay agent's. */
  static boolean isHost(Ipv4 address) {
    return address.value() >>> 24 != 0 && !address.isLoopback() && address.value() >>> 28 < 0xe;
  }
}
