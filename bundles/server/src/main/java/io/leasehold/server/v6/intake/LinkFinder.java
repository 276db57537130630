// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6.intake;

import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.server.Decision.Topic;
import io.leasehold.server.explain.Explanation;
import io.leasehold.server.expression.Membership;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.PrefixPool;
import io.leasehold.server.plan.Subnet;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.protocol.LinkIndex;
import io.leasehold.server.protocol.Place;
import io.leasehold.server.protocol.PrefixIndex;
import java.util.List;

/**
 * Finds the link of a client (RFC 8415 section 13.1, RFC 7969). Where two parts of the plan claim
 * the same sign, the first one has it. Immutable, for any thread.
 */
public final class LinkFinder {
  private final LinkIndex index;
  private final PrefixIndex<Link> byDelegation = new PrefixIndex<>();

  public LinkFinder(FamilyPlan plan) {
    index = new LinkIndex(plan);
    for (Link link : plan.links()) {
      for (Subnet subnet : link.subnets()) {
        for (PrefixPool pool : subnet.prefixPools()) {
          byDelegation.add(pool.prefix(), link);
        }
      }
    }
  }

  /**
   * Where a client is whose message came this way; null if the plan does not know.
   *
   * @param client its classes: what is not open to them is passed over
   */
  Place find(Arrival arrival, List<RelayMessage> relays, Membership client) {
    Explanation told = arrival.explanation();
    Place place = relays.isEmpty() ? null : relayed(relays, told, client);
    if (place == null && hasLinkAddress(relays)) {
      told.step(
          Topic.SUBNET,
          "none",
          "no subnet and no relay selector of the plan has what the relay agents say");
      return null;
    }
    // RFC 6221 section 5.3.1: a layer-2 relay on the server's own link leaves link-address zero.
    return place != null ? place : attached(arrival, client);
  }

  /** The link of the plan that delegates out of a prefix; null if there is none. */
  public Link delegating(Prefix prefix) {
    return byDelegation.find(prefix);
  }

  private Place attached(Arrival arrival, Membership client) {
    Explanation told = arrival.explanation();
    Place place = index.ofInterface(arrival.interfaceName(), client);
    if (place != null || arrival.remote().isLinkLocal()) {
      return Place.told(told, place, "interface", arrival.interfaceName());
    }
    // RFC 8415 section 13.1: a source address that is not link-local names the link.
    return Place.told(
        told, index.ofAddress(arrival.remote(), client), "source address", arrival.remote());
  }

  /** The relay agent nearest to the client that says something useful decides. */
  private Place relayed(List<RelayMessage> relays, Explanation told, Membership client) {
    RelayMessage nearest = relays.get(relays.size() - 1);
    Place place = byInterfaceId(nearest, told, client);
    for (int i = relays.size() - 1; place == null && i >= 0; i--) {
      Ipv6 address = relays.get(i).linkAddress();
      if (isLinkAddress(address)) {
        place = index.ofRelay(address, client);
        if (place != null) {
          Place.told(told, place, "link-address of a relay agent", address);
        }
      }
    }
    for (int i = relays.size() - 2; place == null && i >= 0; i--) {
      place = byInterfaceId(relays.get(i), told, client);
    }
    return place;
  }

  private Place byInterfaceId(RelayMessage relay, Explanation told, Membership client) {
    Bytes id = relay.options().raw(Dhcp6OptionCode.INTERFACE_ID).orElse(null);
    Place place = id == null ? null : index.ofInterfaceId(id, client);
    return place == null ? null : Place.told(told, place, "Interface-Id", id);
  }

  private static boolean hasLinkAddress(List<RelayMessage> relays) {
    return !linkAddress(relays).isUnspecified();
  }

  /** What the relay agent nearest to the client says that says something; else unspecified. */
  static Ipv6 linkAddress(List<RelayMessage> relays) {
    for (int i = relays.size() - 1; i >= 0; i--) {
      if (isLinkAddress(relays.get(i).linkAddress())) {
        return relays.get(i).linkAddress();
      }
    }
    return Ipv6.UNSPECIFIED;
  }

  /** RFC 8415 section 13.1: zero must be ignored; a link-local address names no link either. */
  private static boolean isLinkAddress(Ipv6 address) {
    return !address.isUnspecified() && !address.isLinkLocal();
  }
}
