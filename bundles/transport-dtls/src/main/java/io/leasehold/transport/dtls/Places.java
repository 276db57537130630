// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.dtls;

import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.transport.datagram.SocketAddresses;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where on this host something is, in the words of {@link io.leasehold.transport.BindSpec}. */
final class Places {
  /**
   * An end of a connection on this host.
   *
   * @param family of its address
   * @param place interface and address
   * @param port that was free a moment ago
   * @param text address and port for people
   */
  record LocalEnd(Family family, String place, int port, String text) {}

  /**
   * Places by family.
   *
   * @param found what can be bound
   * @param absent addresses that no interface has
   */
  record Found(Map<Family, List<String>> found, List<String> absent) {}

  private Places() {}

  /** Finds places of either family: {@code *}, interfaces, and addresses with or without one. */
  static Found of(List<String> places) {
    Map<Family, List<String>> found = new EnumMap<>(Family.class);
    List<String> absent = new ArrayList<>();
    for (String place : places) {
      Optional<Ipv6> address = address(place.substring(place.indexOf('/') + 1));
      if (address.isEmpty()) {
        add(found, Family.IPV6, place);
        add(found, Family.IPV4, place);
      } else if (place.indexOf('/') >= 0) {
        add(found, family(address.get()), place);
      } else {
        Optional<String> name = interfaceOf(address.get());
        name.ifPresentOrElse(
            each -> add(found, family(address.get()), each + "/" + place), () -> absent.add(place));
      }
    }
    return new Found(found, absent);
  }

  private static void add(Map<Family, List<String>> found, Family family, String place) {
    found.computeIfAbsent(family, key -> new ArrayList<>()).add(place);
  }

  private static Optional<Ipv6> address(String text) {
    try {
      return Optional.of(Ipv6.ofText(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static Family family(Ipv6 address) {
    return address.isMapped() ? Family.IPV4 : Family.IPV6;
  }

  private static Optional<String> interfaceOf(Ipv6 address) {
    try {
      return Optional.ofNullable(NetworkInterface.getByInetAddress(SocketAddresses.inet(address)))
          .map(NetworkInterface::getName);
    } catch (SocketException e) {
      return Optional.empty();
    }
  }

  /**
   * The end from which the system would send to a host.
   *
   * @throws IOException if there is no way to it
   */
  static LocalEnd towards(Ipv6 remote, int port) throws IOException {
    try (DatagramSocket probe = new DatagramSocket()) {
      probe.connect(new InetSocketAddress(SocketAddresses.inet(remote), port)); // sends nothing
      InetAddress address = probe.getLocalAddress();
      NetworkInterface found = NetworkInterface.getByInetAddress(address);
      if (address.isAnyLocalAddress() || found == null) {
        throw new IOException("no address of this host reaches it");
      }
      Ipv6 local = SocketAddresses.ipv6(address);
      return new LocalEnd(
          family(local),
          found.getName() + "/" + local,
          probe.getLocalPort(),
          end(local, probe.getLocalPort()));
    }
  }

  /** An address and a port for people. */
  static String end(Ipv6 address, int port) {
    return address.isMapped() ? address + ":" + port : "[" + address + "]:" + port;
  }
}
