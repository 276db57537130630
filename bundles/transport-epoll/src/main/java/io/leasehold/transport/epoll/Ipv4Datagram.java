// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.epoll;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import java.nio.ByteBuffer;

/** A UDP datagram with its IPv4 header (RFC 791, RFC 768). */
final class Ipv4Datagram {
  private static final int HEADER_OCTETS = 20;
  private static final int UDP_OCTETS = 8;
  private static final int VERSION_AND_LENGTH = 0x45;
  private static final int DONT_FRAGMENT = 0x4000;
  private static final int TIME_TO_LIVE = 64;
  private static final int UDP = 17;

  /** One end of the way; the address is IPv4-mapped. */
  record End(Ipv6 address, int port) {}

  private Ipv4Datagram() {}

  /** The whole datagram with both checksums. */
  static byte[] encode(Bytes message, End from, End to) {
    int udpLength = UDP_OCTETS + message.length();
    ByteBuffer packet = ByteBuffer.allocate(HEADER_OCTETS + udpLength);
    packet.put((byte) VERSION_AND_LENGTH).put((byte) 0).putShort((short) packet.capacity());
    packet.putShort((short) 0).putShort((short) DONT_FRAGMENT); // atomic, RFC 6864 section 4.1
    packet.put((byte) TIME_TO_LIVE).put((byte) UDP).putShort((short) 0);
    packet.putInt((int) from.address().low()).putInt((int) to.address().low());
    packet.putShort((short) from.port()).putShort((short) to.port());
    packet.putShort((short) udpLength).putShort((short) 0);
    message.putInto(packet);
    packet.putShort(10, (short) ~folded(sum(packet, 0, HEADER_OCTETS)));
    int udpChecksum = ~folded(sum(packet, 12, packet.capacity()) + UDP + udpLength) & 0xffff;
    // RFC 768: a computed zero is sent as all ones, because zero means that there is no checksum.
    packet.putShort(26, (short) (udpChecksum == 0 ? 0xffff : udpChecksum));
    return packet.array();
  }

  /** From octet 12, the addresses, it is what UDP sums up less protocol and length. */
  private static long sum(ByteBuffer packet, int from, int to) {
    long sum = 0;
    int at = from;
    for (; at + 1 < to; at += 2) {
      sum += packet.getShort(at) & 0xffff;
    }
    return at < to ? sum + ((packet.get(at) & 0xff) << 8) : sum;
  }

  private static int folded(long sum) {
    long folded = sum;
    while (folded >>> 16 != 0) {
      folded = (folded & 0xffff) + (folded >>> 16);
    }
    return (int) folded;
  }
}
