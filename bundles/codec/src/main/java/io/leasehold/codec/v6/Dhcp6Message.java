// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;

/** A DHCPv6 message as UDP carries it (RFC 8415 sections 8 and 9). Immutable. */
public sealed interface Dhcp6Message permits ClientServerMessage, RelayMessage {
  /** The most octets a UDP datagram carries. */
  int MAX_LENGTH = 65535;

  /** The message type, see {@link Dhcp6MessageType}; 0 to 255. */
  int type();

  /** The options of the message itself, not those of a relayed one. */
  Options options();

  /** The octets of the message. */
  Bytes encode();

  /**
   * Reads a message of any type. Framing of its options is checked; values, and a relayed message,
   * are read when asked for. Nothing is copied: the message is a view of the packet.
   *
   * @throws MalformedPacketException if the octets are not such a message
   */
  static Dhcp6Message decode(Bytes packet) {
    if (packet.length() > MAX_LENGTH) {
      throw new MalformedPacketException(
          MalformedReason.PACKET_TOO_LONG, packet.sourceOffset() + MAX_LENGTH);
    }
    if (packet.isEmpty()) {
      throw new MalformedPacketException(MalformedReason.TRUNCATED, packet.sourceOffset());
    }
    return switch (packet.at(0)) {
      case Dhcp6MessageType.RELAY_FORW, Dhcp6MessageType.RELAY_REPL -> RelayMessage.decode(packet);
      default -> ClientServerMessage.decode(packet);
    };
  }
}
