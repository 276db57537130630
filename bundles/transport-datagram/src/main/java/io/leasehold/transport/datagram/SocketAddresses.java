// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.datagram;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Between the addresses of the JDK, which carry a scope, and ours, which do not. */
public final class SocketAddresses {
  /** 255.255.255.255: everybody on the link. */
  public static final Ipv6 LIMITED_BROADCAST = Ipv6.mapped(Ipv4.BROADCAST);

  private SocketAddresses() {}

  /** An address without its scope; an IPv4 address becomes IPv4-mapped. */
  public static Ipv6 ipv6(InetAddress address) {
    Bytes octets = Bytes.wrap(address.getAddress());
    return octets.length() == 16 ? Ipv6.of(octets) : Ipv6.mapped(Ipv4.of(octets));
  }

  /** An address without a scope; an IPv4-mapped one becomes an IPv4 address. */
  public static InetAddress inet(Ipv6 address) {
    try {
      return InetAddress.getByAddress(address.bytes().toArray());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address.toString(), e); // only for a wrong length
    }
  }

  /**
   * An address as a socket wants it: with the index of the interface if it means something on one
   * link only, else without.
   *
   * @param index index of an interface; 0 for none
   */
  public static InetAddress on(Ipv6 address, int index) {
    return address.isMapped() || !isLinkScope(address) ? inet(address) : scoped(address, index);
  }

  /** An IPv6 address on the interface with an index; index 0 means no interface. */
  public static Inet6Address scoped(Ipv6 address, int index) {
    try {
      return Inet6Address.getByAddress(null, address.bytes().toArray(), index == 0 ? -1 : index);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address.toString(), e); // only for a wrong length
    }
  }

  /** Whether an address means something on one link only (RFC 4007 section 5, RFC 919). */
  public static boolean isLinkScope(Ipv6 address) {
    return address.isLinkLocal()
        || address.equals(LIMITED_BROADCAST)
        || address.isMulticast() && multicastScope(address) <= 2;
  }

  private static int multicastScope(Ipv6 group) {
    return (int) (group.high() >>> 48) & 0x0f; // RFC 4291 section 2.7
  }
}
