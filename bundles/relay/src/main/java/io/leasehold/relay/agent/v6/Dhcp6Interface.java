// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.v6;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import java.util.List;
import java.util.Optional;

/**
 * What is told about one interface.
 *
 * @param name of it
 * @param clients whether clients are there; if not, only relay agents are
 * @param forwards whether Relay-forward messages are taken from there
 * @param linkAddress as configured; empty: the first global address of the interface
 * @param interfaceId value of option 18; empty if it is left out
 * @param options all options that are the same in every message, as octets
 * @param clientLinkLayer whether option 79 is derived from the client's address
 */
record Dhcp6Interface(
    String name,
    boolean clients,
    boolean forwards,
    Optional<Ipv6> linkAddress,
    Bytes interfaceId,
    Bytes options,
    boolean clientLinkLayer) {

  /** Address by which servers know the link; unspecified if there is none. */
  Ipv6 linkAddress(List<Ipv6> addresses) {
    if (linkAddress.isPresent()) {
      return linkAddress.get();
    }
    for (Ipv6 address : addresses) {
      if (isGlobal(address)) {
        return address;
      }
    }
    return Ipv6.UNSPECIFIED;
  }

  /** Whether an address is globally scoped unicast (GUA or ULA). */
  static boolean isGlobal(Ipv6 address) {
    return isUnicast(address) && !address.isLinkLocal() && !address.isLoopback();
  }

  /** Whether an address can be of one host. */
  static boolean isUnicast(Ipv6 address) {
    return !address.isUnspecified() && !address.isMulticast();
  }
}
