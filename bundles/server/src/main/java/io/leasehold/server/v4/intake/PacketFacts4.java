// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4.intake;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.server.expression.Membership;
import io.leasehold.server.expression.PacketFacts;
import io.leasehold.server.protocol.Arrival;

/**
 * What expressions may ask of a DHCPv4 message.
 *
 * @param message the client's
 * @param arrival how it came
 * @param membership to which classes it belongs
 */
public record PacketFacts4(Dhcp4Message message, Arrival arrival, Membership membership)
    implements PacketFacts {
  private static final int FIELDS_LENGTH = 236;
  private static final int LONGEST_PIECE = 255;

  @Override
  public Bytes optionOrNull(int code) {
    Bytes value = message.options().rawOrEmpty(code);
    return !value.isEmpty() || message.options().has(code) ? value : null;
  }

  @Override
  public String interfaceName() {
    return arrival.interfaceName();
  }

  @Override
  public Ipv6 source() {
    return arrival.remote();
  }

  @Override
  public Ipv6 destination() {
    return arrival.local();
  }

  /**
   * As Kea counts it: without the four octets before the options, the end of the options and what
   * is behind it.
   */
  @Override
  public int length() {
    int length = FIELDS_LENGTH;
    for (int i = 0; i < message.options().size(); i++) {
      int octets = message.options().get(i).value().length();
      int pieces = Math.max(1, (octets + LONGEST_PIECE - 1) / LONGEST_PIECE);
      length += octets + 2 * pieces;
    }
    return length;
  }

  @Override
  public int messageType() {
    return message.type();
  }

  @Override
  public long transactionId() {
    return Integer.toUnsignedLong(message.transactionId());
  }

  @Override
  public Bytes hardwareAddress() {
    return message.hardwareAddress();
  }

  @Override
  public int hardwareType() {
    return message.hardwareType();
  }

  @Override
  public Ipv4 address(AddressField field) {
    return switch (field) {
      case CIADDR -> message.clientAddress();
      case YIADDR -> message.yourAddress();
      case SIADDR -> message.nextServer();
      case GIADDR -> message.relayAddress();
    };
  }

  @Override
  public boolean isMember(int classNumber) {
    return membership.isMember(classNumber);
  }

  @Override
  public void failed() {
    membership.failed();
  }
}
