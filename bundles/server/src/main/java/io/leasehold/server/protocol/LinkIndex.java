// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.Selectors;
import io.leasehold.server.plan.Subnet;
import java.util.HashMap;
import java.util.Map;

/**
 * The signs by which a plan tells its links. Where two parts of the plan claim the same sign, the
 * first one has it. Every method returns null if nothing is known. Immutable, for any thread.
 */
public final class LinkIndex {
  private final Map<String, Place> byInterface = new HashMap<>();
  private final Map<Bytes, Place> byInterfaceId = new HashMap<>();
  private final Map<Ipv6, Place> byRelay = new HashMap<>();
  private final PrefixIndex<Place> byPrefix = new PrefixIndex<>();

  /** Indexes the links of a family. */
  public LinkIndex(FamilyPlan plan) {
    for (Link link : plan.links()) {
      add(link.selectors(), new Place(link, link.subnets().get(0)));
      for (Subnet subnet : link.subnets()) {
        Place place = new Place(link, subnet);
        add(subnet.selectors(), place);
        byPrefix.add(subnet.prefix(), place);
      }
    }
  }

  private void add(Selectors selectors, Place place) {
    selectors.interfaceName().ifPresent(name -> byInterface.putIfAbsent(name, place));
    selectors.interfaceId().ifPresent(id -> byInterfaceId.putIfAbsent(id, place));
    selectors.relayAddresses().forEach(address -> byRelay.putIfAbsent(address, place));
  }

  /** Whose clients come in on an interface of this server. */
  public Place ofInterface(String name) {
    return byInterface.get(name);
  }

  /** Whose relay agents send an Interface-Id (RFC 8415 section 21.18). */
  public Place ofInterfaceId(Bytes id) {
    return byInterfaceId.isEmpty() ? null : byInterfaceId.get(id);
  }

  /** Which relay agent, else which subnet, an address belongs to. */
  public Place ofRelay(Ipv6 address) {
    Place place = byRelay.get(address);
    return place != null ? place : byPrefix.find(address);
  }

  /** Which subnet an address belongs to. */
  public Place ofAddress(Ipv6 address) {
    return byPrefix.find(address);
  }
}
