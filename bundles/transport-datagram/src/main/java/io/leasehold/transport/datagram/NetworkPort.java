// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.datagram;

import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An interface of the host at one moment.
 *
 * @param name its name
 * @param index its index in the kernel; another one after it was removed and came again
 * @param up whether it is up
 * @param loopback whether it is the loopback
 * @param multicast whether it says that it can multicast
 * @param addresses its addresses of one family, in the order of the system
 */
public record NetworkPort(
    String name, int index, boolean up, boolean loopback, boolean multicast, List<Ipv6> addresses) {

  /** Copies the list. */
  public NetworkPort {
    addresses = List.copyOf(addresses);
  }

  /** The interfaces that are there now; those that vanish while they are looked at are left out. */
  public static List<NetworkPort> ofThisHost(Family family) {
    List<NetworkPort> found = new ArrayList<>();
    try {
      for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
        read(each, family, found);
      }
    } catch (SocketException e) {
      return List.of(); // no interface could be listed: the host has none at this moment
    }
    return found;
  }

  private static void read(NetworkInterface each, Family family, List<NetworkPort> into) {
    try {
      into.add(
          new NetworkPort(
              each.getName(),
              each.getIndex(),
              each.isUp(),
              each.isLoopback(),
              each.supportsMulticast(),
              addresses(each, family)));
    } catch (SocketException e) {
      into.removeIf(port -> port.index() == each.getIndex()); // it has just been removed
    }
  }

  private static List<Ipv6> addresses(NetworkInterface each, Family family) {
    Class<? extends InetAddress> type =
        family == Family.IPV4 ? Inet4Address.class : Inet6Address.class;
    List<Ipv6> addresses =
        new ArrayList<>(
            each.inetAddresses().filter(type::isInstance).map(SocketAddresses::ipv6).toList());
    if (family == Family.IPV4) {
      Collections.reverse(addresses); // the JDK gives the first address of the system last
    }
    return addresses;
  }

  /** The same interface with these addresses. */
  NetworkPort withAddresses(List<Ipv6> usable) {
    return new NetworkPort(name, index, up, loopback, multicast, usable);
  }

  boolean hasLinkLocal() {
    return addresses.stream().anyMatch(Ipv6::isLinkLocal);
  }
}
