// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.v6;

import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.net.Bytes;
import io.leasehold.net.HardwareAddress;
import io.leasehold.net.Ipv6;

/**
 * The client's link-layer address (RFC 6939), as far as its link-local address tells: a socket does
 * not show the header of the frame, but addresses by RFC 4291 appendix A contain it.
 */
final class LinkLayer {
  private static final long MIDDLE = 0xff_fe00_0000L;
  private static final long MIDDLE_MASK = 0xff_ff00_0000L;
  private static final int LOCAL_BIT = 0x02;

  private LinkLayer() {}

  /** Option 79 with its header; empty if the address does not contain one. */
  static Bytes option(Ipv6 client) {
    if (!client.isLinkLocal() || (client.low() & MIDDLE_MASK) != MIDDLE) {
      return Bytes.EMPTY;
    }
    Bytes low = client.bytes().slice(8, 16);
    ByteWriter out = new ByteWriter(12);
    out.u16(Dhcp6OptionCode.CLIENT_LINKLAYER_ADDR).u16(8).u16(HardwareAddress.ETHERNET);
    out.u8(low.at(0) ^ LOCAL_BIT).bytes(low.slice(1, 3)).bytes(low.slice(5, 8));
    return out.toBytes();
  }
}
