// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.v6;

import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.RelayChain;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.relay.agent.Arrival;
import io.leasehold.relay.agent.ClientWatch;
import io.leasehold.relay.agent.Effect;
import io.leasehold.relay.agent.Flow;
import io.leasehold.transport.Destination;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From servers back to clients: RFC 8415 section 19.2, RFC 6221 section 6.2. */
final class Returning {
  private static final int CLIENT_PORT = 546;
  private static final int RELAY_PORT = 547;

  private final Dhcp6Settings settings;
  private final ClientWatch watch;
  private final Map<String, Ipv6> links;
  private final Map<Bytes, Dhcp6Interface> byIdentifier = new HashMap<>();

  Returning(Dhcp6Settings settings, ClientWatch watch, Map<String, Ipv6> links) {
    this.settings = settings;
    this.watch = watch;
    this.links = links;
    for (Dhcp6Interface each : settings.interfaces()) {
      if (!each.interfaceId().isEmpty()) {
        byIdentifier.put(each.interfaceId(), each);
      }
    }
  }

  List<Effect> arrived(Bytes message, Arrival arrival, long nowMillis) {
    if (message.isEmpty() || message.at(0) != Dhcp6MessageType.RELAY_REPL) {
      return drop(Dhcp6Drop.NOT_A_REPLY);
    }
    RelayMessage reply = RelayMessage.decode(message);
    Bytes inner = reply.relayed().orElse(Bytes.EMPTY);
    if (inner.isEmpty()) {
      return drop(Dhcp6Drop.NOTHING_RELAYED);
    }
    Bytes identifier = reply.options().rawOrEmpty(Dhcp6OptionCode.INTERFACE_ID);
    List<Effect> effects = new ArrayList<>(2);
    if (settings.flows()) {
      effects.add(new Effect.Answered(flow(reply.peerAddress(), inner)));
    }
    String named = identifier.toUtf8();
    if (named.startsWith(Dhcp6Settings.CONNECTION)) {
      String way = named.substring(Dhcp6Settings.CONNECTION.length());
      effects.add(new Effect.ToBelow(way, inner));
    } else {
      effects.add(toLink(reply, inner, identifier, arrival, nowMillis));
    }
    return effects;
  }

  private Flow flow(Ipv6 peer, Bytes inner) {
    Ipv6[] client = {peer};
    Bytes innermost =
        RelayLevels.walk(
            inner, RelayChain.MAX_DEPTH, level -> client[0] = RelayLevels.peerAddress(level));
    return RelayLevels.flow(client[0], innermost, settings.pooled());
  }

  private Effect toLink(
      RelayMessage reply, Bytes inner, Bytes identifier, Arrival arrival, long nowMillis) {
    Ipv6 peer = reply.peerAddress();
    if (!Dhcp6Interface.isUnicast(peer)) {
      return new Effect.Drop(Dhcp6Drop.PEER_ADDRESS);
    }
    if (settings.lightweight() && !isForLightweight(reply, identifier, arrival)) {
      return new Effect.Drop(Dhcp6Drop.NOT_FOR_LDRA);
    }
    Dhcp6Interface port =
        identifier.isEmpty() ? byLink(reply.linkAddress()) : byIdentifier.get(identifier);
    int udpPort = udpPort(reply, inner);
    if (port == null) {
      // RFC 8415 section 19.1.2: no link is named if the address of the relay agent is enough.
      boolean routed =
          identifier.isEmpty()
              && reply.linkAddress().isUnspecified()
              && Dhcp6Interface.isGlobal(peer);
      return routed
          ? new Effect.ToClient("", Destination.of(peer, udpPort), inner)
          : new Effect.Drop(Dhcp6Drop.UNKNOWN_INTERFACE);
    }
    if (udpPort == CLIENT_PORT) {
      watch.toClient(inner, port.name(), peer, nowMillis);
    }
    return new Effect.ToClient(port.name(), Destination.of(peer, udpPort), inner);
  }

  /** A relay agent hears on port 547, or on the one that it sent from (RFC 8357 section 5.2). */
  private static int udpPort(RelayMessage reply, Bytes inner) {
    int type = inner.at(0);
    boolean relay =
        type == Dhcp6MessageType.RELAY_REPL || type == Dhcp6MessageType.RECONFIGURE_REPLY;
    Optional<Integer> source = reply.options().first(Dhcp6Options.RELAY_PORT);
    if (source.isPresent() && source.get() != 0) {
      return source.get();
    }
    return relay ? RELAY_PORT : CLIENT_PORT;
  }

  /**
   * RFC 6221 section 6.2. The destination cannot be compared with the peer-address: a socket sends
   * with its own address, which is where the answer comes to.
   */
  private boolean isForLightweight(RelayMessage reply, Bytes identifier, Arrival arrival) {
    return byIdentifier.containsKey(identifier)
        && reply.linkAddress().isUnspecified()
        && reply.peerAddress().isLinkLocal()
        && arrival.remote().isLinkLocal()
        && arrival.local().isLinkLocal();
  }

  private Dhcp6Interface byLink(Ipv6 link) {
    for (Dhcp6Interface each : settings.interfaces()) {
      if (each.linkAddress().isPresent()
          ? each.linkAddress().get().equals(link)
          : link.equals(links.get(each.name()))) {
        return each;
      }
    }
    return null;
  }

  private static List<Effect> drop(Dhcp6Drop why) {
    return List.of(new Effect.Drop(why));
  }
}
