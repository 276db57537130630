// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.udp;

import io.leasehold.net.Ipv6;
import io.leasehold.transport.BindSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An endpoint that a binding ought to have on the interfaces as they are.
 *
 * @param interfaceName its interface
 * @param index index of the interface; 0 if absent
 * @param address unicast address or group; empty if none can be named
 * @param absence why it cannot be opened now; empty when it can be tried
 */
record Wanted(String interfaceName, int index, Optional<Ipv6> address, String absence) {

  /** Addresses as text; what stands for "none can be named" is {@code *}. */
  String addressText() {
    return address.map(Ipv6::toString).orElse("*");
  }

  /**
   * Which socket serves it: link-scope addresses have one on each interface, others one on the
   * host.
   */
  SocketKey socket() {
    Ipv6 bound = address.orElseThrow();
    return new SocketKey(bound, SocketAddresses.isLinkScope(bound) ? index : 0);
  }

  /** A socket of a binding: address and, for link-scope addresses, the interface. */
  record SocketKey(Ipv6 address, int index) {}

  /** The endpoints of a specification, in its order, each once. */
  static List<Wanted> of(BindSpec spec, List<NetworkPort> ports) {
    Set<Wanted> wanted = new LinkedHashSet<>();
    for (String where : spec.interfaces()) {
      int slash = where.indexOf('/');
      if (where.equals("*")) {
        everywhere(spec, ports, wanted);
      } else if (slash < 0) {
        onInterface(spec, find(ports, where), where, wanted);
      } else {
        String name = where.substring(0, slash);
        oneAddress(find(ports, name), name, where.substring(slash + 1), wanted);
      }
    }
    return List.copyOf(wanted);
  }

  /** The JDK does not list an interface that is down or for another reason has no address. */
  private static String noInterface(String name) {
    return "there is no interface " + name + " with an address";
  }

  private static Optional<NetworkPort> find(List<NetworkPort> ports, String name) {
    return ports.stream().filter(port -> port.name().equals(name)).findFirst();
  }

  private static void everywhere(BindSpec spec, List<NetworkPort> ports, Set<Wanted> wanted) {
    List<NetworkPort> usable = new ArrayList<>(ports);
    usable.removeIf(port -> !port.up() || port.loopback() || port.addresses().isEmpty());
    for (NetworkPort port : usable) {
      if (port.multicast() && port.hasLinkLocal()) {
        groups(spec, port, wanted);
      }
      addresses(port, wanted);
    }
    if (usable.isEmpty()) {
      absent("*", spec.groups(), "no interface with an IPv6 address is up", wanted);
    }
  }

  private static void onInterface(
      BindSpec spec, Optional<NetworkPort> found, String name, Set<Wanted> wanted) {
    if (found.isEmpty()) {
      absent(name, spec.groups(), noInterface(name), wanted);
      return;
    }
    NetworkPort port = found.get();
    if (!port.up()) {
      absent(name, spec.groups(), name + " is down", wanted);
    } else if (port.addresses().isEmpty()) {
      absent(name, spec.groups(), name + " has no IPv6 address", wanted);
    } else {
      groups(spec, port, wanted);
      addresses(port, wanted);
    }
  }

  private static void oneAddress(
      Optional<NetworkPort> port, String name, String text, Set<Wanted> wanted) {
    Ipv6 address;
    try {
      address = Ipv6.ofText(text);
    } catch (IllegalArgumentException e) {
      wanted.add(new Wanted(name, 0, Optional.empty(), "'" + text + "' is not an IPv6 address"));
      return;
    }
    if (port.isEmpty()) {
      absent(name, List.of(address), noInterface(name), wanted);
    } else if (!port.get().addresses().contains(address)) {
      absent(name, List.of(address), address + " is not an address of " + name, wanted);
    } else {
      wanted.add(new Wanted(name, port.get().index(), Optional.of(address), ""));
    }
  }

  private static void groups(BindSpec spec, NetworkPort port, Set<Wanted> wanted) {
    // A link without a link-local address of ours hears clients and cannot answer them.
    boolean mute = !port.loopback() && !port.hasLinkLocal();
    String absence = mute ? port.name() + " has no link-local address to answer from" : "";
    for (Ipv6 group : spec.groups()) {
      wanted.add(new Wanted(port.name(), port.index(), Optional.of(group), absence));
    }
  }

  private static void addresses(NetworkPort port, Set<Wanted> wanted) {
    for (Ipv6 address : port.addresses()) {
      wanted.add(new Wanted(port.name(), port.index(), Optional.of(address), ""));
    }
  }

  private static void absent(String name, List<Ipv6> addresses, String reason, Set<Wanted> wanted) {
    if (addresses.isEmpty()) {
      wanted.add(new Wanted(name, 0, Optional.empty(), reason));
    }
    for (Ipv6 address : addresses) {
      wanted.add(new Wanted(name, 0, Optional.of(address), reason));
    }
  }
}
