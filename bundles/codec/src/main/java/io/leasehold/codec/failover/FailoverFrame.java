// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.net.Bytes;

/**
 * What a connection of failover partners carries between two lengths (RFC 8156 section 5.1). The
 * type decides about the header: STARTTLS and its answer have that of DHCPv6. Immutable.
 */
public sealed interface FailoverFrame permits FailoverMessage, UpgradeFrame, UnknownFrame {
  /** The most octets that a length of two octets announces. */
  int MAX_LENGTH = 65535;

  /** The message type, see {@link Dhcp6MessageType}; 0 to 255. */
  int type();

  /** The octets of the message, without their length. */
  Bytes encode();

  /**
   * Reads a message. All of its options that the product knows are read too, at every level, so
   * that a message is taken whole or not at all; those it does not know are kept as they came.
   *
   * @param frame the octets without their length; not copied
   * @throws MalformedPacketException if header, framing or a known option is not what it must be
   */
  static FailoverFrame decode(Bytes frame) {
    if (frame.length() > MAX_LENGTH) {
      throw new MalformedPacketException(
          MalformedReason.PACKET_TOO_LONG, frame.sourceOffset() + MAX_LENGTH);
    }
    if (frame.isEmpty()) {
      throw new MalformedPacketException(MalformedReason.TRUNCATED, frame.sourceOffset());
    }
    int type = frame.at(0);
    if (Dhcp6MessageType.isFailover(type)) {
      return FailoverMessage.decode(frame);
    }
    if (type == Dhcp6MessageType.STARTTLS || type == Dhcp6MessageType.REPLY) {
      return new UpgradeFrame(ClientServerMessage.decode(frame));
    }
    return new UnknownFrame(frame);
  }
}
