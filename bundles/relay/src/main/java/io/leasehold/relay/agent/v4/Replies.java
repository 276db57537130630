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
import io.leasehold.relay.agent.Effect;
import io.leasehold.relay.agent.Flow;
import io.leasehold.transport.Destination;
import java.util.List;
import java.util.Optional;

/** Messages of servers, on their way to clients and to relay agents below. Any thread. */
final class Replies {
  private static final int CLIENT_PORT = 68;

  private final RelayAddresses addresses;
  private final RelaysBelow below;
  private final boolean pooled;

  Replies(Dhcp4Settings settings, RelayAddresses addresses, RelaysBelow below) {
    this.pooled = settings.pooled();
    this.addresses = addresses;
    this.below = below;
  }

  List<Effect> decide(Bytes octets) {
    Dhcp4Message message = Dhcp4Message.decode(octets);
    if (message.op() != Dhcp4Message.BOOT_REPLY) {
      return List.of(new Effect.Drop(Reason.DROP_NOT_A_REPLY));
    }
    Options said = MessageOctets.agentOption(octets).map(AgentOption::decode).orElse(Options.EMPTY);
    Ipv4 relay = message.relayAddress();
    Optional<InterfaceRules> place =
        addresses.interfaceOf(relay, said.rawOrEmpty(RelayAgentOptions.CIRCUIT_ID.code()));
    if (place.isPresent()) {
      return toClient(octets, message, said, place.get());
    }
    Optional<RelaysBelow.Below> relayBelow = below.find(relay);
    // RFC 1542 section 4.1.2: whoever is not known gets nothing.
    return relayBelow.isPresent()
        ? toRelay(octets, message, said, relayBelow.get())
        : List.of(new Effect.Drop(Reason.DROP_REPLY_FOR_NOBODY));
  }

  private Effect answered(Dhcp4Message message) {
    Bytes server = message.options().rawOrEmpty(Dhcp4OptionCode.SERVER_ID).compact();
    return new Effect.Answered(new Flow(Requests.client(message, pooled), server));
  }

  private List<Effect> toClient(
      Bytes octets, Dhcp4Message message, Options said, InterfaceRules rules) {
    Options ours = rules.subOptions(Optional.of(message.relayAddress()), false);
    Options theirs =
        rules.trusted() && !AgentOption.isOurs(said, ours)
            ? AgentOption.withoutAppended(said, Options.of(rules.port().toArray(Option[]::new)))
            : Options.EMPTY;
    boolean answersUs = theirs.isEmpty();
    if (answersUs && !isOfNetwork(said, rules.virtualNetwork())) {
      return List.of(new Effect.Drop(Reason.DROP_OTHER_VIRTUAL_NETWORK), answered(message));
    }
    // RFC 3046 section 2.1: whoever added the option removes it.
    Bytes bare = MessageOctets.withAgentOption(octets, AgentOption.encode(theirs));
    return List.of(
        answered(message), new Effect.ToClient(rules.name(), destination(message), bare));
  }

  /**
   * RFC 6607 section 5: a server that has not heeded the network leaves the control sub-option in;
   * one that names another network cannot be obeyed.
   */
  private static boolean isOfNetwork(Options said, Optional<Bytes> network) {
    return said.raw(RelayAgentOptions.VSS.code()).equals(network)
        && !said.has(RelayAgentOptions.VSS_CONTROL);
  }

  private static Destination destination(Dhcp4Message message) {
    Ipv4 known = message.clientAddress();
    Ipv4 given = message.yourAddress();
    // RFC 2131 section 4.1: a refusal goes to everybody on the link; so does what the client wants
    // to be broadcast (RFC 1542 section 4.1.2).
    if (message.type() == Dhcp4MessageType.NAK || message.isBroadcast()) {
      return Destination.of(Ipv6.mapped(Ipv4.BROADCAST), CLIENT_PORT);
    }
    if (!known.isUnspecified()) {
      return Destination.of(Ipv6.mapped(known), CLIENT_PORT);
    }
    return given.isUnspecified() || message.hardware().isEmpty()
        ? Destination.of(Ipv6.mapped(Ipv4.BROADCAST), CLIENT_PORT)
        : new Destination(Ipv6.mapped(given), CLIENT_PORT, message.hardware());
  }

  private List<Effect> toRelay(
      Bytes octets, Dhcp4Message message, Options said, RelaysBelow.Below relay) {
    Options theirs =
        switch (relay.rules().present()) {
          case APPEND ->
              AgentOption.withoutAppended(said, relay.rules().subOptions(Optional.empty(), false));
          case REPLACE -> Options.EMPTY;
          case FORWARD, DISCARD, DROP -> said;
        };
    Bytes back =
        theirs == said ? octets : MessageOctets.withAgentOption(octets, AgentOption.encode(theirs));
    Ipv4 address = message.relayAddress();
    Effect send =
        relay.connected()
            ? new Effect.ToBelow(address.toString(), back)
            : new Effect.ToClient("", Destination.of(Ipv6.mapped(address), relay.port()), back);
    return List.of(answered(message), send);
  }
}
