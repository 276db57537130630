// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.v6;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.option.Option;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.relay.agent.Arrival;
import io.leasehold.relay.agent.ClientWatch;
import io.leasehold.relay.agent.CommonDrop;
import io.leasehold.relay.agent.DropReason;
import io.leasehold.relay.agent.Effect;
import io.leasehold.relay.agent.Flow;
import io.leasehold.relay.agent.LinkScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** From clients and relay agents towards servers: RFC 8415 section 19.1, RFC 6221 section 6.1. */
final class Forwarding {
  private static final int PORT = 547;

  private final Dhcp6Settings settings;
  private final LinkScope scope;
  private final ClientWatch watch;
  private final Map<String, Ipv6> links;
  private final Map<String, Dhcp6Interface> interfaces = new HashMap<>();

  Forwarding(Dhcp6Settings settings, LinkScope scope, ClientWatch watch, Map<String, Ipv6> links) {
    this.settings = settings;
    this.scope = scope;
    this.watch = watch;
    this.links = links;
    settings.interfaces().forEach(each -> interfaces.put(each.name(), each));
  }

  /** A datagram. */
  List<Effect> fromLink(Bytes message, Arrival arrival, long nowMillis) {
    Dhcp6Interface port = interfaces.get(arrival.interfaceName());
    if (port == null) {
      return drop(Dhcp6Drop.INTERFACE);
    }
    if (!Dhcp6Interface.isUnicast(arrival.remote())) {
      return drop(Dhcp6Drop.SOURCE);
    }
    // RFC 6221 section 6.1: everything else is traffic that the node bridges.
    if (settings.lightweight() && !arrival.local().equals(Dhcp6Agent.GROUP)) {
      return drop(Dhcp6Drop.NOT_TO_GROUP);
    }
    int type = type(message);
    MessageRoles role = MessageRoles.of(type);
    if (role == MessageRoles.SERVER) {
      return rogue(type, arrival);
    }
    if (role == MessageRoles.OTHER || role == MessageRoles.CLIENT && !port.clients()) {
      return drop(Dhcp6Drop.TYPE);
    }
    if (role == MessageRoles.RELAY_AGENT && !port.forwards()) {
      return drop(Dhcp6Drop.UNTRUSTED); // RFC 6221 section 6.1.2
    }
    if (role == MessageRoles.CLIENT
        && !watch.fromClient(message, port.name(), arrival.remote(), nowMillis)) {
      return drop(Dhcp6Drop.SPOOFED);
    }
    return forward(message, arrival, port);
  }

  private static int type(Bytes message) {
    ByteReader in = new ByteReader(message);
    int type = in.u8();
    in.bytes(ClientServerMessage.HEADER_LENGTH - 1); // Shorter ones are no message at all.
    return type;
  }

  private static List<Effect> rogue(int type, Arrival arrival) {
    return List.of(
        new Effect.Drop(Dhcp6Drop.SERVER_MESSAGE),
        new Effect.Alarm(
            "server-message-" + arrival.interfaceName(),
            "interface %s: %s from %s, which only servers send; look for a server that is not ours on that link"
                .formatted(
                    arrival.interfaceName(), Dhcp6MessageType.name(type), arrival.remote())));
  }

  private List<Effect> forward(Bytes message, Arrival arrival, Dhcp6Interface port) {
    Ipv6 own = port.linkAddress(arrival.interfaceAddresses());
    if (!own.isUnspecified()) {
      links.put(port.name(), own);
    }
    boolean relayed = message.at(0) == Dhcp6MessageType.RELAY_FORW;
    // RFC 8415 section 19.1.2: the server finds the link in what the other relay agent said, and
    // the way back by the other's address. RFC 6221 section 5.3.1: always unspecified.
    boolean none = settings.lightweight() || relayed && Dhcp6Interface.isGlobal(arrival.remote());
    Ipv6 link = none ? Ipv6.UNSPECIFIED : own;
    if (link.isUnspecified() && port.interfaceId().isEmpty()) {
      return drop(Dhcp6Drop.NO_LINK);
    }
    Bytes hardware =
        port.clientLinkLayer() && !relayed ? LinkLayer.option(arrival.remote()) : Bytes.EMPTY;
    return wrap(message, arrival, link, port.options(), hardware);
  }

  /** On a connection of a relay agent. */
  List<Effect> fromBelow(Bytes message, Arrival arrival) {
    if (MessageRoles.of(type(message)) != MessageRoles.RELAY_AGENT) {
      return drop(Dhcp6Drop.TYPE);
    }
    String way = arrival.sender();
    Bytes value = Bytes.ofUtf8(Dhcp6Settings.CONNECTION + way);
    ByteWriter identifier = new ByteWriter(Option.HEADER_LENGTH + value.length());
    option(identifier, Dhcp6OptionCode.INTERFACE_ID, value);
    List<Effect> wrapped =
        wrap(message, arrival, Ipv6.UNSPECIFIED, settings.options(), identifier.toBytes());
    if (wrapped.get(0) instanceof Effect.Drop) {
      return wrapped;
    }
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.Remember(way));
    effects.addAll(wrapped);
    return effects;
  }

  private List<Effect> wrap(Bytes message, Arrival arrival, Ipv6 link, Bytes options, Bytes more) {
    int hopCount = 0;
    Flow flow = Flow.UNKNOWN;
    if (message.at(0) == Dhcp6MessageType.RELAY_FORW) {
      if (message.at(1) >= RelayMessage.HOP_COUNT_LIMIT) {
        return drop(Dhcp6Drop.HOP_LIMIT);
      }
      hopCount = message.at(1) + 1;
      Levels levels = new Levels(arrival);
      Bytes innermost = RelayLevels.walk(message, RelayMessage.HOP_COUNT_LIMIT, levels::see);
      if (!levels.inScope) {
        return drop(Dhcp6Drop.SCOPE);
      }
      flow = flow(levels.client, innermost);
    } else {
      flow = flow(arrival.remote(), message);
    }
    Bytes port = sourcePort(message, arrival);
    int length =
        RelayMessage.HEADER_LENGTH
            + Option.HEADER_LENGTH
            + message.length()
            + options.length()
            + more.length()
            + port.length();
    if (length > settings.maxMessageOctets()) {
      return drop(CommonDrop.TOO_LARGE); // RFC 6221 section 5.3.1
    }
    ByteWriter out = new ByteWriter(length);
    out.u8(Dhcp6MessageType.RELAY_FORW).u8(hopCount).ipv6(link).ipv6(arrival.remote());
    option(out, Dhcp6OptionCode.RELAY_MSG, message);
    out.bytes(options).bytes(more).bytes(port);
    return List.of(new Effect.ToUpstream(out.toBytes(), flow, arrival.assurance()));
  }

  private static void option(ByteWriter out, int code, Bytes value) {
    out.u16(code).u16(value.length()).bytes(value);
  }

  /** RFC 8357 section 5.2: if we, or the relay agent before us, do not send from port 547. */
  private Bytes sourcePort(Bytes message, Arrival arrival) {
    boolean other =
        arrival.side() == Arrival.Side.CLIENTS
            && MessageRoles.of(message.at(0)) == MessageRoles.RELAY_AGENT
            && arrival.remotePort() != PORT;
    if (!other && !settings.sourcePort()) {
      return Bytes.EMPTY;
    }
    ByteWriter out = new ByteWriter(Option.HEADER_LENGTH + 2);
    out.u16(Dhcp6OptionCode.RELAY_PORT).u16(2).u16(other ? arrival.remotePort() : 0);
    return out.toBytes();
  }

  private Flow flow(Ipv6 client, Bytes innermost) {
    return settings.flows() ? RelayLevels.flow(client, innermost, settings.pooled()) : Flow.UNKNOWN;
  }

  private static List<Effect> drop(DropReason why) {
    return List.of(new Effect.Drop(why));
  }

  /** What a walk through relay messages finds. */
  private final class Levels {
    private final Arrival arrival;
    private boolean inScope = true;
    private Ipv6 client = Ipv6.UNSPECIFIED;

    Levels(Arrival arrival) {
      this.arrival = arrival;
    }

    void see(Bytes level) {
      client = RelayLevels.peerAddress(level);
      Ipv6 link = RelayLevels.linkAddress(level);
      if (!link.isUnspecified() && arrival.peer().isPresent()) {
        inScope &= scope.permits(arrival.peer().get(), link);
      }
    }
  }
}
