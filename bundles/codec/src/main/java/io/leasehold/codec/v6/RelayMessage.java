// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import java.util.Objects;
import java.util.Optional;

/**
 * A message between relay agent and server (RFC 8415 section 9). The message it relays is opaque
 * octets in option 9.
 *
 * @param type {@link Dhcp6MessageType#RELAY_FORW} or {@link Dhcp6MessageType#RELAY_REPL}
 * @param hopCount relay agents passed before this one, 0 to 255
 * @param linkAddress tells the server the client's link; may be unspecified
 * @param peerAddress whom the relayed message came from or goes to
 * @param options the options in order, the relayed message among them
 */
public record RelayMessage(
    int type, int hopCount, Ipv6 linkAddress, Ipv6 peerAddress, Options options)
    implements Dhcp6Message {
  /** Octets before the options. */
  public static final int HEADER_LENGTH = 34;

  /** Relay agents discard what has passed that many (RFC 8415 section 7.6). */
  public static final int HOP_COUNT_LIMIT = 8;

  /** Refuses other types and numbers that do not fit. */
  public RelayMessage {
    Objects.requireNonNull(linkAddress);
    Objects.requireNonNull(peerAddress);
    Objects.requireNonNull(options);
    if (!Dhcp6MessageType.isRelay(type)) {
      throw new IllegalArgumentException("not a relay message type: " + type);
    }
    if ((hopCount & ~0xff) != 0) {
      throw new IllegalArgumentException("hop count " + hopCount + " is not 0 to 255");
    }
  }

  /** A Relay-forward message. */
  public static RelayMessage forward(
      int hopCount, Ipv6 linkAddress, Ipv6 peerAddress, Options options) {
    return new RelayMessage(
        Dhcp6MessageType.RELAY_FORW, hopCount, linkAddress, peerAddress, options);
  }

  /** A Relay-reply message. */
  public static RelayMessage reply(
      int hopCount, Ipv6 linkAddress, Ipv6 peerAddress, Options options) {
    return new RelayMessage(
        Dhcp6MessageType.RELAY_REPL, hopCount, linkAddress, peerAddress, options);
  }

  /**
   * Reads a relay message.
   *
   * @throws MalformedPacketException if the octets are not such a message
   */
  public static RelayMessage decode(Bytes packet) {
    ByteReader in = new ByteReader(packet);
    int type = in.u8();
    if (!Dhcp6MessageType.isRelay(type)) {
      throw new MalformedPacketException(MalformedReason.INVALID_VALUE, packet.sourceOffset());
    }
    int hopCount = in.u8();
    Ipv6 linkAddress = in.ipv6();
    Ipv6 peerAddress = in.ipv6();
    return new RelayMessage(type, hopCount, linkAddress, peerAddress, Options.decode(in.rest()));
  }

  /** Whether this is a Relay-reply, on its way to the client. */
  public boolean isReply() {
    return type == Dhcp6MessageType.RELAY_REPL;
  }

  /** The octets of the relayed message, not looked into; empty if there is none. */
  public Optional<Bytes> relayed() {
    return options.raw(Dhcp6OptionCode.RELAY_MSG);
  }

  @Override
  public Bytes encode() {
    ByteWriter out = new ByteWriter(HEADER_LENGTH + options.encodedLength());
    out.u8(type).u8(hopCount).ipv6(linkAddress).ipv6(peerAddress);
    options.encode(out);
    return out.toBytes();
  }

  /** {@code relay-forw hop 0 link 2001:db8::1 peer fe80::1 [18:4 9:56]}. */
  @Override
  public String toString() {
    return Dhcp6MessageType.name(type)
        + " hop "
        + hopCount
        + " link "
        + linkAddress
        + " peer "
        + peerAddress
        + " "
        + options;
  }
}
