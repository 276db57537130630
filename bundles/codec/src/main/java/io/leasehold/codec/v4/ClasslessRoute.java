// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Prefix;

/**
 * A static route (RFC 3442).
 *
 * @param destination an IPv4 prefix, see {@link Prefix#mapped(Ipv4, int)}
 * @param router by which it is reached; 0.0.0.0 if it is on the link itself
 */
public record ClasslessRoute(Prefix destination, Ipv4 router) {
  /** Refuses a destination that is not IPv4. */
  public ClasslessRoute {
    if (!destination.isMapped()) {
      throw new IllegalArgumentException(destination + " is not an IPv4 prefix");
    }
  }

  /**
   * Reads a length in bits, the octets of the destination that have any of them, and the router.
   */
  static ClasslessRoute read(ByteReader in) {
    MalformedPacketException tooLong = in.malformed(MalformedReason.PREFIX_LENGTH);
    int length = in.u8();
    if (length > Integer.SIZE) {
      throw tooLong;
    }
    int value = 0;
    for (int octet = 0; octet < (length + 7) / 8; octet++) {
      value |= in.u8() << 24 - 8 * octet;
    }
    // RFC 3442: bits beyond the length are to be cleared by who installs the route.
    return new ClasslessRoute(Prefix.mapped(new Ipv4(value), length), in.ipv4());
  }

  Bytes encode() {
    int length = destination.ipv4Length();
    return new ByteWriter(9)
        .u8(length)
        .bytes(destination.address().toIpv4().bytes().slice(0, (length + 7) / 8))
        .ipv4(router)
        .toBytes();
  }

  /** {@code 10.0.0.0/8 - 192.0.2.1}, as configurations write it. */
  @Override
  public String toString() {
    return destination + " - " + router;
  }
}
