// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4.intake;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.codec.v4.Dhcp4Options;
import io.leasehold.codec.v4.RelayAgentInfo;
import io.leasehold.codec.v4.RelayAgentOptions;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.server.explain.Explanation;
import io.leasehold.server.expression.Membership;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.protocol.LinkIndex;
import io.leasehold.server.protocol.Place;
import java.util.Optional;

/** Finds the link of a client (RFC 2131 section 4.3.1). Immutable, for any thread. */
final class LinkFinder {
  private final LinkIndex index;

  LinkFinder(FamilyPlan plan) {
    index = new LinkIndex(plan);
  }

  /**
   * Where a client is whose message came this way; null if the plan does not know.
   *
   * @param client its classes: what is not open to them is passed over
   * @throws io.leasehold.codec.MalformedPacketException if what names the link is no address
   */
  Place find(Dhcp4Message message, RelayAgentInfo relay, Arrival arrival, Membership client) {
    Explanation told = arrival.explanation();
    if (message.isRelayed()) {
      return relayed(message, relay, told, client);
    }
    if (Dhcp4Request.isUnicast(arrival)) {
      Ipv4 own = message.clientAddress();
      Ipv6 address = own.isUnspecified() ? arrival.remote() : Ipv6.mapped(own);
      Place place = index.ofAddress(address, client);
      // Whoever has an address may come through routers: the interface says little. But who renews
      // an address of no subnet believes to have it from here, and is to be told.
      boolean renews = message.type() == Dhcp4MessageType.REQUEST;
      if (place != null || !own.isUnspecified() && !renews) {
        return Place.told(told, place, "address of the client", address);
      }
    }
    return attached(arrival, client);
  }

  /** RFC 3527: what the relay agent selects; RFC 3011: what the client selects; then giaddr. */
  private Place relayed(
      Dhcp4Message message, RelayAgentInfo relay, Explanation told, Membership client) {
    Optional<Ipv4> selected =
        heedsSelection(message, relay)
            ? message.options().first(Dhcp4Options.SUBNET_SELECTION)
            : relay.first(RelayAgentOptions.LINK_SELECTION);
    selected = selected.filter(subnet -> !subnet.isUnspecified());
    return selected.isPresent()
        ? Place.told(
            told, index.ofAddress(Ipv6.mapped(selected.get()), client), "selection", selected.get())
        : Place.told(
            told,
            index.ofRelay(Ipv6.mapped(message.relayAddress()), client),
            "giaddr",
            message.relayAddress());
  }

  /** What a relay agent says of the link that it speaks for (RFC 3527, else giaddr). */
  static Ipv6 linkAddress(Dhcp4Message message, RelayAgentInfo relay) {
    return Ipv6.mapped(
        relay
            .first(RelayAgentOptions.LINK_SELECTION)
            .filter(subnet -> !subnet.isUnspecified())
            .orElse(message.relayAddress()));
  }

  /**
   * Whether a client selects its subnet. It must set giaddr (RFC 3011 section 2), and a relay agent
   * knows better (RFC 3527 section 4).
   */
  static boolean heedsSelection(Dhcp4Message message, RelayAgentInfo relay) {
    return message.isRelayed()
        && message.options().has(Dhcp4OptionCode.SUBNET_SELECTION)
        && !relay.subOptions().has(RelayAgentOptions.LINK_SELECTION);
  }

  private Place attached(Arrival arrival, Membership client) {
    Place place = index.ofInterface(arrival.interfaceName(), client);
    for (int i = 0; place == null && i < arrival.interfaceAddresses().size(); i++) {
      place = index.ofAddress(arrival.interfaceAddresses().get(i), client);
    }
    return Place.told(arrival.explanation(), place, "interface", arrival.interfaceName());
  }
}
