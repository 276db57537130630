// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.datagram;

import io.leasehold.net.Family;
import io.leasehold.net.Ipv4;
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
 * @param address unicast address, group or 255.255.255.255; empty if none can be named
 * @param absence why it cannot be opened now; empty when it can be tried
 */
public record Wanted(String interfaceName, int index, Optional<Ipv6> address, String absence) {

  /** Addresses as text; what stands for "none can be named" is {@code *}. */
  public String addressText() {
    return address.map(Ipv6::toString).orElse("*");
  }

  /** Whether messages to it come to several hosts: a group or broadcasts. */
  public boolean isForMany() {
    return address
        .filter(each -> each.isMulticast() || each.equals(SocketAddresses.LIMITED_BROADCAST))
        .isPresent();
  }

  /** Its address and, if that has a meaning on one link only, the interface. */
  public SocketKey socket() {
    Ipv6 bound = address.orElseThrow();
    return new SocketKey(bound, SocketAddresses.isLinkScope(bound) ? index : 0);
  }

  /**
   * What a socket is bound to.
   *
   * @param address the address
   * @param index index of the interface; 0 for all
   */
  public record SocketKey(Ipv6 address, int index) {}

  /** The endpoints of a specification, in its order, each once. */
  public static List<Wanted> of(BindSpec spec, List<NetworkPort> ports) {
    Set<Wanted> wanted = new LinkedHashSet<>();
    for (String where : spec.interfaces()) {
      int slash = where.indexOf('/');
      if (where.equals("*")) {
        everywhere(spec, ports, wanted);
      } else if (slash < 0) {
        onInterface(spec, find(ports, where), where, wanted);
      } else {
        String name = where.substring(0, slash);
        oneAddress(spec, find(ports, name), where, wanted);
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

  private static String word(Family family) {
    return family == Family.IPV4 ? "IPv4" : "IPv6";
  }

  private static void everywhere(BindSpec spec, List<NetworkPort> ports, Set<Wanted> wanted) {
    List<NetworkPort> usable = new ArrayList<>(ports);
    usable.removeIf(port -> !port.up() || port.loopback() || port.addresses().isEmpty());
    for (NetworkPort port : usable) {
      if (spec.family() == Family.IPV4 || port.multicast() && port.hasLinkLocal()) {
        forMany(spec, port, wanted);
      }
      addresses(port, wanted);
    }
    if (usable.isEmpty()) {
      absent(
          "*",
          groups(spec),
          "no interface with an " + word(spec.family()) + " address is up",
          wanted);
    }
  }

  private static void onInterface(
      BindSpec spec, Optional<NetworkPort> found, String name, Set<Wanted> wanted) {
    if (found.isEmpty()) {
      absent(name, groups(spec), noInterface(name), wanted);
      return;
    }
    NetworkPort port = found.get();
    if (!port.up()) {
      absent(name, groups(spec), name + " is down", wanted);
    } else if (port.addresses().isEmpty()) {
      absent(name, groups(spec), name + " has no " + word(spec.family()) + " address", wanted);
    } else {
      forMany(spec, port, wanted);
      addresses(port, wanted);
    }
  }

  private static void oneAddress(
      BindSpec spec, Optional<NetworkPort> port, String where, Set<Wanted> wanted) {
    String name = where.substring(0, where.indexOf('/'));
    String text = where.substring(name.length() + 1);
    Ipv6 address;
    try {
      address = address(spec.family(), text);
    } catch (IllegalArgumentException e) {
      String absence = "'" + text + "' is not an " + word(spec.family()) + " address";
      wanted.add(new Wanted(name, 0, Optional.empty(), absence));
      return;
    }
    if (port.isEmpty()) {
      absent(name, List.of(address), noInterface(name), wanted);
    } else if (!port.get().addresses().contains(address)) {
      absent(name, List.of(address), text + " is not an address of " + name, wanted);
    } else {
      wanted.add(new Wanted(name, port.get().index(), Optional.of(address), ""));
    }
  }

  private static Ipv6 address(Family family, String text) {
    return family == Family.IPV4 ? Ipv6.mapped(Ipv4.ofText(text)) : Ipv6.ofIpv6Text(text);
  }

  private static List<Ipv6> groups(BindSpec spec) {
    return spec.family() == Family.IPV4
        ? List.of(SocketAddresses.LIMITED_BROADCAST)
        : spec.groups();
  }

  private static void forMany(BindSpec spec, NetworkPort port, Set<Wanted> wanted) {
    // A link without a link-local address of ours hears clients and cannot answer them.
    boolean mute = spec.family() == Family.IPV6 && !port.loopback() && !port.hasLinkLocal();
    String absence = mute ? port.name() + " has no link-local address to answer from" : "";
    for (Ipv6 group : groups(spec)) {
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
