// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.v6;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.RemoteId;
import io.leasehold.configuration.Keys;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.relay.agent.InterfaceSettings;
import io.leasehold.relay.agent.RelaySettings;
import io.leasehold.relay.agent.RelaySettings.Delivery;
import io.leasehold.relay.agent.RelaySettings.Mode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a DHCPv6 relay agent adds and accepts.
 *
 * @param interfaces where clients and relay agents are
 * @param lightweight whether it works below the network layer (RFC 6221)
 * @param sourcePort whether it does not send from port 547 (RFC 8357)
 * @param options what is added to messages of relay agents that come on connections, as octets
 * @param maxMessageOctets messages that would be larger are not sent
 * @param flows whether anybody wants to know who speaks with whom
 * @param pooled whether clients are to be known by their DUID, because a pool is upstream
 */
public record Dhcp6Settings(
    List<Dhcp6Interface> interfaces,
    boolean lightweight,
    boolean sourcePort,
    Bytes options,
    int maxMessageOctets,
    boolean flows,
    boolean pooled) {
  private static final int PORT = 547;

  /** Interface-Ids that begin so name connections. */
  static final String CONNECTION = "hop:";

  private static final String OCTETS = "text, or hexadecimal digits after 0x";

  /** Copies the list. */
  public Dhcp6Settings {
    interfaces = List.copyOf(interfaces);
  }

  /** Whether Relay-forward messages are taken from where clients are. */
  private enum Forwards {
    TRUSTED,
    ANY,
    NEVER
  }

  /** Reads what is for DHCPv6; what is wrong is noted in the keys. */
  public static Dhcp6Settings read(RelaySettings relay, Keys keys) {
    Forwards forwards = keys.constant("relay.forward.from.clients", Forwards.TRUSTED);
    List<Dhcp6Interface> interfaces = new ArrayList<>();
    Set<Bytes> identifiers = new HashSet<>();
    for (InterfaceSettings each : relay.interfaces()) {
      Dhcp6Interface read = read(relay, each, keys.of(each.name()), forwards);
      if (!read.interfaceId().isEmpty() && !identifiers.add(read.interfaceId())) {
        keys.refuse("interface.id of " + each.name() + " is that of another interface too");
      }
      interfaces.add(read);
    }
    return new Dhcp6Settings(
        interfaces,
        relay.mode() == Mode.LDRA,
        relay.sourcePort() != PORT,
        options(keys, Bytes.EMPTY).encode(),
        relay.maxMessageOctets(),
        relay.pool().isPresent()
            || relay.delivery() == Delivery.FIRST && relay.uplinks().size() > 1,
        relay.pool().isPresent());
  }

  private static Dhcp6Interface read(
      RelaySettings relay, InterfaceSettings settings, Keys keys, Forwards forwards) {
    Bytes identifier = interfaceId(settings.name(), keys);
    if (identifier.isEmpty() && relay.mode() == Mode.LDRA) {
      keys.refuse("interface.id", "none", "an identifier, because mode is ldra (RFC 6221 5.3.2)");
    }
    boolean taken =
        !settings.clients()
            || forwards == Forwards.ANY
            || forwards == Forwards.TRUSTED && settings.trusted();
    return new Dhcp6Interface(
        settings.name(),
        settings.clients(),
        taken,
        Optional.ofNullable(
            keys.value("link.address", null, "an IPv6 address", Dhcp6Settings::linkAddress)),
        identifier,
        options(keys, identifier).encode(),
        keys.word("client.link.layer.address", "off", "off", "eui-64").equals("eui-64"));
  }

  private static Bytes interfaceId(String name, Keys keys) {
    Bytes identifier =
        keys.value("interface.id", Bytes.ofUtf8(name), OCTETS, Dhcp6Settings::octets);
    if (identifier.toUtf8().startsWith(CONNECTION)) {
      keys.refuse("interface.id", identifier.toUtf8(), "what does not begin with " + CONNECTION);
    }
    return identifier.equals(Bytes.ofUtf8("none")) ? Bytes.EMPTY : identifier;
  }

  private static Options options(Keys keys, Bytes identifier) {
    Options.Builder options = Options.builder();
    if (!identifier.isEmpty()) {
      options.add(Dhcp6OptionCode.INTERFACE_ID, identifier);
    }
    RemoteId remote =
        keys.value(
            "remote.id",
            null,
            "ENTERPRISE-NUMBER:IDENTIFIER, the identifier as " + OCTETS,
            Dhcp6Settings::remoteId);
    if (remote != null) {
      options.add(Dhcp6Options.REMOTE_ID, remote);
    }
    Bytes subscriber = keys.value("subscriber.id", Bytes.EMPTY, OCTETS, Dhcp6Settings::octets);
    if (!subscriber.isEmpty()) {
      options.add(Dhcp6OptionCode.SUBSCRIBER_ID, subscriber);
    }
    Bytes relay = keys.value("relay.id", Bytes.EMPTY, "a DUID in hexadecimal", Bytes::ofHex);
    if (!relay.isEmpty()) {
      options.add(Dhcp6OptionCode.RELAY_ID, relay);
    }
    return options.build();
  }

  private static Ipv6 linkAddress(String text) {
    Ipv6 address = Ipv6.ofIpv6Text(text);
    if (!Dhcp6Interface.isUnicast(address)) {
      throw new IllegalArgumentException(text);
    }
    return address;
  }

  private static RemoteId remoteId(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(text);
    }
    return new RemoteId(
        Long.parseLong(text.substring(0, colon)), octets(text.substring(colon + 1)));
  }

  private static Bytes octets(String text) {
    Bytes octets = text.startsWith("0x") ? Bytes.ofHex(text) : Bytes.ofUtf8(text);
    if (octets.isEmpty() || octets.length() > 1024) {
      throw new IllegalArgumentException(text);
    }
    return octets;
  }
}
