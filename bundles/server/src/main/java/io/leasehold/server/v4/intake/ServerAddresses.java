// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4.intake;

import io.leasehold.codec.option.OptionSpace;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.codec.v4.RelayAgentInfo;
import io.leasehold.codec.v4.RelayAgentOptions;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.PlanOption;
import io.leasehold.server.plan.Subnet;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.protocol.Place;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** By which addresses clients know this server (RFC 2131 section 4.1). Immutable, any thread. */
final class ServerAddresses {
  private final Ipv4 everywhereOrNull;
  private final Map<Subnet, Ipv4> bySubnet = new IdentityHashMap<>();

  ServerAddresses(FamilyPlan plan) {
    everywhereOrNull = planned(plan.options());
    for (Link link : plan.links()) {
      for (Subnet subnet : link.subnets()) {
        Ipv4 planned = planned(subnet.options());
        if (planned != null) {
          bySubnet.put(subnet, planned);
        }
      }
    }
  }

  /**
   * The server identifier for a client; null if no address is known. It is the same for all
   * messages that come the same way, so that a client's choice of an offer is recognised.
   */
  Ipv4 identifier(RelayAgentInfo relay, Place placeOrNull, Arrival arrival) {
    // RFC 5107 section 4: the relay agent wants to see the client's later messages.
    Ipv4 override = override(relay);
    if (override != null) {
      return override;
    }
    Ipv4 planned = planned(placeOrNull);
    if (planned != null) {
      return planned;
    }
    boolean unicast = Dhcp4Request.isUnicast(arrival);
    if (unicast) {
      return arrival.local().toIpv4();
    }
    Ipv6 near = near(placeOrNull, arrival.interfaceAddresses());
    return near == null ? null : near.toIpv4();
  }

  /** The interface's address on the client's link, else its first; null if it has none. */
  private static Ipv6 near(Place placeOrNull, List<Ipv6> addresses) {
    if (placeOrNull != null) {
      for (Subnet subnet : placeOrNull.link().subnets()) {
        for (Ipv6 address : addresses) {
          if (subnet.prefix().contains(address)) {
            return address;
          }
        }
      }
    }
    return addresses.isEmpty() ? null : addresses.get(0);
  }

  /** Whether a server identifier means this server. */
  boolean isOurs(Ipv4 id, RelayAgentInfo relay, Place placeOrNull, Arrival arrival) {
    Ipv6 mapped = Ipv6.mapped(id);
    return arrival.interfaceAddresses().contains(mapped)
        || Dhcp4Request.isUnicast(arrival) && arrival.local().equals(mapped)
        || id.equals(override(relay))
        || id.equals(planned(placeOrNull));
  }

  private static Ipv4 override(RelayAgentInfo relay) {
    return relay.first(RelayAgentOptions.SERVER_ID_OVERRIDE).orElse(null);
  }

  /** What the plan dictates, as in Kea. */
  private Ipv4 planned(Place placeOrNull) {
    return placeOrNull == null ? everywhereOrNull : bySubnet.get(placeOrNull.subnet());
  }

  private static Ipv4 planned(OptionSet options) {
    List<PlanOption> values = options.get(OptionSpace.DHCP4, Dhcp4OptionCode.SERVER_ID);
    return values.isEmpty()
            || !values.get(0).guard().isOpen()
            || values.get(0).value().length() != Integer.BYTES
        ? null
        : Ipv4.of(values.get(0).value());
  }
}
