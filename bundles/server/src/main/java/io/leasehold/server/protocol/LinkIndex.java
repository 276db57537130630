// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.server.expression.Membership;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.Selectors;
import io.leasehold.server.plan.Subnet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * The signs by which a plan tells its links. Where several parts of the plan claim the same sign,
 * the first one has it that is open to the client's classes. Every method returns null if nothing
 * is known. Immutable, for any thread.
 */
public final class LinkIndex {
  private static final BinaryOperator<Place[]> JOIN = LinkIndex::join;

  private final Map<String, Place[]> byInterface = new HashMap<>();
  private final Map<Bytes, Place[]> byInterfaceId = new HashMap<>();
  private final Map<Ipv6, Place[]> byRelay = new HashMap<>();
  private final PrefixIndex<Place> byPrefix = new PrefixIndex<>();

  /** Indexes the links of a family. */
  public LinkIndex(FamilyPlan plan) {
    for (Link link : plan.links()) {
      for (Subnet subnet : link.subnets()) {
        add(link.selectors(), new Place(link, subnet));
      }
      for (Subnet subnet : link.subnets()) {
        Place place = new Place(link, subnet);
        add(subnet.selectors(), place);
        byPrefix.add(subnet.prefix(), place);
      }
    }
  }

  private void add(Selectors selectors, Place place) {
    selectors.interfaceName().ifPresent(name -> byInterface.merge(name, only(place), JOIN));
    selectors.interfaceId().ifPresent(id -> byInterfaceId.merge(id, only(place), JOIN));
    selectors.relayAddresses().forEach(address -> byRelay.merge(address, only(place), JOIN));
  }

  private static Place[] only(Place place) {
    return new Place[] {place};
  }

  /** What comes after a place that is open to everybody is never asked for. */
  private static Place[] join(Place[] before, Place[] one) {
    if (before[before.length - 1].isOpen()) {
      return before;
    }
    Place[] all = Arrays.copyOf(before, before.length + 1);
    all[before.length] = one[0];
    return all;
  }

  private static Place first(Place[] placesOrNull, Membership client) {
    if (placesOrNull != null) {
      for (Place place : placesOrNull) {
        if (place.admits(client)) {
          return place;
        }
      }
    }
    return null;
  }

  /** Whose clients come in on an interface of this server. */
  public Place ofInterface(String name, Membership client) {
    return first(byInterface.get(name), client);
  }

  /** Whose relay agents send an Interface-Id (RFC 8415 section 21.18). */
  public Place ofInterfaceId(Bytes id, Membership client) {
    return byInterfaceId.isEmpty() ? null : first(byInterfaceId.get(id), client);
  }

  /** Which relay agent, else which subnet, an address belongs to. */
  public Place ofRelay(Ipv6 address, Membership client) {
    Place place = first(byRelay.get(address), client);
    return place != null ? place : ofAddress(address, client);
  }

  /** Which subnet an address belongs to. */
  public Place ofAddress(Ipv6 address, Membership client) {
    Place place = byPrefix.find(address);
    return place == null || place.admits(client)
        ? place
        : byPrefix.find(address, other -> other.admits(client));
  }
}
