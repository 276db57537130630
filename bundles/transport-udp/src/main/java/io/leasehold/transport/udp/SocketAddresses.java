// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.udp;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Between the addresses of the JDK, which carry a scope, and ours, which do not. */
final class SocketAddresses {
  private SocketAddresses() {}

  /** An address without its scope; an IPv4 address becomes IPv4-mapped. */
  static Ipv6 ipv6(InetAddress address) {
    byte[] octets = address.getAddress();
    if (octets.length == 16) {
      return Ipv6.of(Bytes.wrap(octets));
    }
    long low = 0xffff_0000_0000L | Bytes.wrap(octets).u32(0);
    return new Ipv6(0, low);
  }

  /** An address without a scope; an IPv4-mapped one becomes an IPv4 address. */
  static InetAddress inet(Ipv6 address) {
    try {
      return InetAddress.getByAddress(address.bytes().toArray());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address.toString(), e); // only for a wrong length
    }
  }

  /** An address on the interface with an index; index 0 means no interface. */
  static Inet6Address scoped(Ipv6 address, int index) {
    try {
      return Inet6Address.getByAddress(null, address.bytes().toArray(), index == 0 ? -1 : index);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address.toString(), e); // only for a wrong length
    }
  }

  /** Whether an address means something on one link only (RFC 4007 section 5). */
  static boolean isLinkScope(Ipv6 address) {
    return address.isLinkLocal() || address.isMulticast() && multicastScope(address) <= 2;
  }

  private static int multicastScope(Ipv6 group) {
    return (int) (group.high() >>> 48) & 0x0f; // RFC 4291 section 2.7
  }
}
