// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.connection;

import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.transport.datagram.NetworkPort;
import io.leasehold.transport.datagram.SocketAddresses;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where connections are to be accepted: an address of this host, or all.
 *
 * @param interfaceName the interface, if one was named
 * @param address its text; {@code *} for all
 * @param bound what a socket is bound to; empty for all, and while it is absent
 * @param absence why there is nothing to bind; empty if there is
 */
public record Place(
    String interfaceName, String address, Optional<InetAddress> bound, String absence) {
  /** Every address of this host, of both families. */
  public static final Place EVERYWHERE = new Place("", "*", Optional.empty(), "");

  /**
   * What is to be bound now, each once, for {@code *}, addresses, interfaces and their addresses.
   */
  public static Set<Place> of(List<String> texts) {
    Set<Place> places = new LinkedHashSet<>();
    for (String text : texts) {
      Optional<Ipv6> address = address(text);
      if (text.equals("*")) {
        places.add(EVERYWHERE);
      } else if (address.isPresent()) {
        places.add(new Place("", text, Optional.of(SocketAddresses.inet(address.get())), ""));
      } else {
        places.addAll(ofInterface(text));
      }
    }
    return places;
  }

  private static Optional<Ipv6> address(String text) {
    try {
      return Optional.of(Ipv6.ofText(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // then it names an interface
    }
  }

  private static List<Place> ofInterface(String text) {
    int slash = text.indexOf('/');
    String name = slash < 0 ? text : text.substring(0, slash);
    String wanted = slash < 0 ? "*" : text.substring(slash + 1);
    List<Place> found = new ArrayList<>();
    for (Family family : Family.values()) {
      for (NetworkPort port : NetworkPort.ofThisHost(family)) {
        if (port.name().equals(name) && port.up()) {
          for (Ipv6 each : port.addresses()) {
            if (slash < 0 || address(wanted).filter(each::equals).isPresent()) {
              InetAddress bound = SocketAddresses.on(each, port.index());
              found.add(new Place(name, each.toString(), Optional.of(bound), ""));
            }
          }
        }
      }
    }
    return found.isEmpty()
        ? List.of(new Place(name, wanted, Optional.empty(), name + " has no such address now"))
        : found;
  }
}
