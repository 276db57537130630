// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.udp;

import io.leasehold.net.Ipv6;
import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/**
 * An interface of the host at one moment.
 *
 * @param name its name
 * @param index its index in the kernel; another one after it was removed and came again
 * @param up whether it is up
 * @param loopback whether it is the loopback
 * @param multicast whether it says that it can multicast
 * @param addresses its IPv6 addresses
 */
record NetworkPort(
    String name, int index, boolean up, boolean loopback, boolean multicast, List<Ipv6> addresses) {

  NetworkPort {
    addresses = List.copyOf(addresses);
  }

  /** The interfaces that are there now; those that vanish while they are looked at are left out. */
  static List<NetworkPort> ofThisHost() {
    List<NetworkPort> found = new ArrayList<>();
    try {
      for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
        read(each, found);
      }
    } catch (SocketException e) {
      return List.of(); // no interface could be listed: the host has none at this moment
    }
    return found;
  }

  private static void read(NetworkInterface each, List<NetworkPort> into) {
    try {
      List<Ipv6> addresses =
          each.inetAddresses()
              .filter(Inet6Address.class::isInstance)
              .map(SocketAddresses::ipv6)
              .toList();
      into.add(
          new NetworkPort(
              each.getName(),
              each.getIndex(),
              each.isUp(),
              each.isLoopback(),
              each.supportsMulticast(),
              addresses));
    } catch (SocketException e) {
      into.removeIf(port -> port.index() == each.getIndex()); // it has just been removed
    }
  }

  boolean hasLinkLocal() {
    return addresses.stream().anyMatch(Ipv6::isLinkLocal);
  }
}
