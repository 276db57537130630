// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;
import java.util.Objects;

/**
 * A message between client and server (RFC 8415 section 8), or of any other type with that header.
 *
 * @param type see {@link Dhcp6MessageType}; 0 to 255 but not a relay type
 * @param transactionId 24 bits
 * @param options the options in order
 */
public record ClientServerMessage(int type, int transactionId, Options options)
    implements Dhcp6Message {
  /** Octets before the options. */
  public static final int HEADER_LENGTH = 4;

  /** Refuses a type of a relay message and numbers that do not fit. */
  public ClientServerMessage {
    Objects.requireNonNull(options);
    if ((type & ~0xff) != 0 || Dhcp6MessageType.isRelay(type)) {
      throw new IllegalArgumentException("not a client/server message type: " + type);
    }
    if ((transactionId & ~0xff_ffff) != 0) {
      throw new IllegalArgumentException("transaction id " + transactionId + " exceeds 24 bits");
    }
  }

  /**
   * Reads a message that is not from or to a relay agent.
   *
   * @throws MalformedPacketException if the octets are not such a message
   */
  public static ClientServerMessage decode(Bytes packet) {
    ByteReader in = new ByteReader(packet);
    int type = in.u8();
    if (Dhcp6MessageType.isRelay(type)) {
      throw new MalformedPacketException(MalformedReason.INVALID_VALUE, packet.sourceOffset());
    }
    int transactionId = in.u24();
    return new ClientServerMessage(type, transactionId, Options.decode(in.rest()));
  }

  @Override
  public Bytes encode() {
    ByteWriter out = new ByteWriter(encodedLength());
    encode(out);
    return out.toBytes();
  }

  /** How many octets {@link #encode} writes. */
  public int encodedLength() {
    return HEADER_LENGTH + options.encodedLength();
  }

  /** Appends the octets of the message. */
  public void encode(ByteWriter out) {
    out.u8(type).u24(transactionId);
    options.encode(out);
  }

  /** {@code solicit xid 0x0a0b0c [1:14 3:12]}. */
  @Override
  public String toString() {
    return Dhcp6MessageType.name(type)
        + " xid 0x"
        + Integer.toHexString(0x100_0000 | transactionId).substring(1)
        + " "
        + options;
  }
}
