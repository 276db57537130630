// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.v4;

import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.codec.v4.RelayAgentOptions;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.relay.agent.Arrival;
import io.leasehold.relay.agent.Effect;
import io.leasehold.relay.agent.Flow;
import io.leasehold.relay.agent.LinkScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Messages of clients and of relay agents below, on their way to servers. Any thread. */
final class Requests {
  private static final int USUAL_PORT = 67;
  private static final int HASHED_OCTETS = 16;

  /** What only servers send. */
  private static final Set<Integer> OF_SERVERS =
      Set.of(
          Dhcp4MessageType.OFFER,
          Dhcp4MessageType.ACK,
          Dhcp4MessageType.NAK,
          Dhcp4MessageType.FORCERENEW,
          Dhcp4MessageType.LEASEUNASSIGNED,
          Dhcp4MessageType.LEASEUNKNOWN,
          Dhcp4MessageType.LEASEACTIVE,
          Dhcp4MessageType.LEASEQUERYDONE,
          Dhcp4MessageType.LEASEQUERYSTATUS);

  private final Dhcp4Settings settings;
  private final RelayAddresses addresses;
  private final RelaysBelow below;
  private final LinkScope scope;

  Requests(Dhcp4Settings settings, RelayAddresses addresses, RelaysBelow below, LinkScope scope) {
    this.settings = settings;
    this.addresses = addresses;
    this.below = below;
    this.scope = scope;
  }

  List<Effect> decide(Bytes octets, Arrival arrival, long nowMillis) {
    Dhcp4Message message = Dhcp4Message.decode(octets);
    if (message.op() != Dhcp4Message.BOOT_REQUEST || OF_SERVERS.contains(message.type())) {
      return serverAmongClients(message, arrival);
    }
    if (message.hops() > settings.mostHops()) {
      return drop(Reason.DROP_TOO_MANY_HOPS);
    }
    InterfaceRules rules = rules(arrival);
    if (message.isRelayed()) {
      return fromRelay(octets, message, arrival, rules, nowMillis);
    }
    if (!rules.clients()) {
      return drop(Reason.DROP_CLIENT_AMONG_RELAYS);
    }
    return message.seconds() < settings.leastSeconds()
        ? drop(Reason.DROP_TOO_EARLY)
        : fromClient(octets, message, arrival, rules);
  }

  private InterfaceRules rules(Arrival arrival) {
    return arrival.side() == Arrival.Side.BELOW
        ? settings.below()
        : settings.interfaces().getOrDefault(arrival.interfaceName(), settings.below());
  }

  private static List<Effect> drop(Reason reason) {
    return List.of(new Effect.Drop(reason));
  }

  private static List<Effect> serverAmongClients(Dhcp4Message message, Arrival arrival) {
    Effect drop = new Effect.Drop(Reason.DROP_SERVER_MESSAGE_FROM_CLIENTS);
    int type = message.type();
    boolean answers =
        type == Dhcp4MessageType.OFFER
            || type == Dhcp4MessageType.ACK
            || type == Dhcp4MessageType.NAK;
    if (!answers || arrival.side() != Arrival.Side.CLIENTS) {
      return List.of(drop);
    }
    String sentence =
        "interface "
            + arrival.interfaceName()
            + ": "
            + arrival.remote()
            + " answers as a DHCPv4 server does, where only clients should be";
    return List.of(drop, new Effect.Alarm("server-on-" + arrival.interfaceName(), sentence));
  }

  private List<Effect> fromClient(
      Bytes octets, Dhcp4Message message, Arrival arrival, InterfaceRules rules) {
    // The fields of server name and boot file count too: a server would look there.
    boolean said = message.options().has(Dhcp4OptionCode.RELAY_AGENT_INFO);
    if (said && !rules.trusted()) {
      return drop(Reason.DROP_UNTRUSTED_OPTION82);
    }
    Optional<Ipv4> relay = addresses.choose(rules, arrival.interfaceAddresses());
    if (relay.isEmpty()) {
      String key = "no-relay-address-on-" + rules.name();
      String sentence =
          "interface "
              + rules.name()
              + ": no IPv4 address that servers could answer to; give it one, or set"
              + " relay.address";
      return List.of(
          new Effect.Drop(Reason.DROP_NO_RELAY_ADDRESS), new Effect.Alarm(key, sentence));
    }
    List<Effect> effects = new ArrayList<>();
    Bytes relayed = MessageOctets.relayed(octets, message.hops() + 1, relay.get());
    if (said) {
      // RFC 3046 section 2.1: there is no second option.
      Options theirs = received(relayed, arrival, effects);
      if (!effects.isEmpty() || rules.otherPort()) {
        relayed = with(relayed, joined(theirs, rules.port()), effects);
      }
    } else {
      relayed = with(relayed, rules.subOptions(relay, isUnicast(arrival)), effects);
    }
    effects.add(upstream(relayed, message, arrival, rules));
    return effects;
  }

  private List<Effect> fromRelay(
      Bytes octets, Dhcp4Message message, Arrival arrival, InterfaceRules rules, long nowMillis) {
    Ipv4 relay = message.relayAddress();
    if (!rules.trusted()) {
      return drop(Reason.DROP_UNTRUSTED_RELAY);
    }
    if (addresses.isOurs(relay) || !Dhcp4Settings.isHost(relay)) {
      return drop(Reason.DROP_SPOOFED_GIADDR);
    }
    Optional<Bytes> option = MessageOctets.agentOption(octets);
    if (option.isPresent() && rules.present() == PresentPolicy.DROP) {
      return drop(Reason.DROP_OPTION82_PRESENT);
    }
    List<Effect> effects = new ArrayList<>();
    Options theirs = received(octets, arrival, effects);
    boolean permitted =
        arrival.peer().isEmpty() || scope.permits(arrival.peer().get(), Ipv6.mapped(relay));
    // RFC 8357 section 5.1: only who says so receives on another port.
    int port = theirs.has(RelayAgentOptions.RELAY_PORT) ? arrival.remotePort() : USUAL_PORT;
    if (!permitted || !below.heard(relay, arrival, port, rules, nowMillis)) {
      return drop(Reason.DROP_GIADDR_OF_ANOTHER);
    }
    // RFC 1542 section 4.1.1: the relay agent's address stays.
    Bytes relayed = MessageOctets.relayed(octets, message.hops() + 1, relay);
    boolean asItCame = rules.present() == PresentPolicy.FORWARD && effects.isEmpty();
    if (option.isPresent() && !asItCame) {
      relayed = with(relayed, present(theirs, rules, arrival), effects);
    }
    if (arrival.side() == Arrival.Side.BELOW) {
      effects.add(new Effect.Remember(relay.toString()));
    }
    effects.add(upstream(relayed, message, arrival, rules));
    return effects;
  }

  private static Options present(Options theirs, InterfaceRules rules, Arrival arrival) {
    return switch (rules.present()) {
      case FORWARD, DROP -> theirs;
      case APPEND -> joined(theirs, appended(rules, arrival));
      case REPLACE -> appended(rules, arrival);
      case DISCARD -> Options.EMPTY;
    };
  }

  private static Options appended(InterfaceRules rules, Arrival arrival) {
    return rules.subOptions(Optional.empty(), isUnicast(arrival));
  }

  /** Their sub-options, without what must not have come the way it did (RFC 7839 section 7). */
  private static Options received(Bytes octets, Arrival arrival, List<Effect> effects) {
    Options all = MessageOctets.agentOption(octets).map(AgentOption::decode).orElse(Options.EMPTY);
    if (arrival.assurance().confidential()) {
      return all;
    }
    Options rest = AgentOption.withoutAccessIdentifiers(all);
    if (rest != all) {
      effects.add(new Effect.Count(Reason.ACCESS_IDENTIFIERS_STRIPPED));
    }
    return rest;
  }

  private static Options joined(Options theirs, Iterable<Option> ours) {
    Options.Builder all = theirs.toBuilder();
    ours.forEach(all::add);
    return all.build();
  }

  /** The message with these sub-options; as it came, if they do not fit. */
  private Bytes with(Bytes octets, Options subOptions, List<Effect> effects) {
    Bytes value = AgentOption.encode(subOptions);
    Bytes before = MessageOctets.agentOption(octets).orElse(Bytes.EMPTY);
    if (value.equals(before)) {
      return octets;
    }
    if (value.length() <= MessageOctets.MAX_OPTION_LENGTH && MessageOctets.hasOptions(octets)) {
      Bytes changed = MessageOctets.withAgentOption(octets, value);
      // RFC 3046 section 2.1: what is too long is forwarded without.
      if (changed.length() <= Math.max(settings.roomOctets(), octets.length())) {
        return changed;
      }
    }
    effects.add(new Effect.Count(Reason.OPTION82_NO_ROOM));
    return octets;
  }

  private static boolean isUnicast(Arrival arrival) {
    Ipv6 local = arrival.local();
    return local.isMapped() && !local.toIpv4().isBroadcast() && !local.toIpv4().isUnspecified();
  }

  private Effect upstream(
      Bytes relayed, Dhcp4Message message, Arrival arrival, InterfaceRules rules) {
    Bytes server =
        rules.override()
            ? Bytes.EMPTY
            : message.options().rawOrEmpty(Dhcp4OptionCode.SERVER_ID).compact();
    Flow flow = new Flow(client(message, settings.pooled()), server, isAnswered(message));
    return new Effect.ToUpstream(relayed, flow, arrival.assurance());
  }

  /**
   * Whether a server that a message is for has to answer it. A DHCPREQUEST without the name of a
   * server is for those that know the client, and BOOTP for those that serve it.
   */
  private static boolean isAnswered(Dhcp4Message message) {
    return switch (message.type()) {
      case Dhcp4MessageType.DISCOVER, Dhcp4MessageType.INFORM -> true;
      case Dhcp4MessageType.REQUEST -> message.options().has(Dhcp4OptionCode.SERVER_ID);
      default -> false;
    };
  }

  /**
   * What keeps all messages of a client together: its hardware address (RFC 1542 section 4.1.1), or
   * its identifier first, cut to 16 octets, where servers share clients (RFC 3074 section 4).
   */
  static Bytes client(Dhcp4Message message, boolean pooled) {
    Bytes hardware = message.hardwareAddress();
    if (!pooled && !hardware.isEmpty()) {
      return hardware.compact();
    }
    Bytes identifier = message.options().rawOrEmpty(Dhcp4OptionCode.CLIENT_ID);
    Bytes chosen = identifier.isEmpty() ? hardware : identifier;
    return (pooled ? chosen.slice(0, Math.min(chosen.length(), HASHED_OCTETS)) : chosen).compact();
  }
}
