// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6.intake;

import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.option.Option;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.OptionRequest;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Family;
import io.leasehold.server.expression.Membership;
import io.leasehold.server.expression.PacketFacts;
import io.leasehold.server.plan.ClassSet;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.protocol.Place;
import io.leasehold.server.protocol.Precedence;
import io.leasehold.server.protocol.Request;
import java.util.List;

/**
 * A valid message of a client, and what can be told about it without looking at leases. Immutable.
 *
 * @param arrival how it came
 * @param relays the Relay-forward messages around it, outermost first
 * @param message the message
 * @param client who sent it
 * @param placeOrNull where the client is; null if the plan does not know its link
 * @param associations identity associations in it
 * @param requested options the client asks for
 * @param supplied options that relay agents have for the client (RFC 6422)
 * @param length octets of the datagram
 * @param classes to which classes the message alone makes the client belong
 */
public record Dhcp6Request(
    Arrival arrival,
    List<RelayMessage> relays,
    ClientServerMessage message,
    Client client,
    Place placeOrNull,
    List<IdentityAssociation> associations,
    OptionRequest requested,
    List<Option> supplied,
    int length,
    ClassSet classes)
    implements Request {
  private static final int ADDRESS_LENGTH = 16;

  /** The message type. */
  public int type() {
    return message.type();
  }

  /** The client's DUID; null in an Information-request that does not say. */
  public Duid clientOrNull() {
    return client.duidOrNull();
  }

  @Override
  public PacketFacts facts(Membership membership) {
    return new PacketFacts6(message, relays, arrival, length, membership);
  }

  @Override
  public Family family() {
    return Family.IPV6;
  }

  /** By what the relay agent nearest to the client says. */
  @Override
  public Bytes relayPortKey() {
    if (relays.isEmpty()) {
      return Bytes.EMPTY;
    }
    RelayMessage nearest = relays.get(relays.size() - 1);
    Bytes port = nearest.options().raw(Dhcp6OptionCode.INTERFACE_ID).orElse(Bytes.EMPTY);
    return new ByteWriter(ADDRESS_LENGTH + port.length())
        .ipv6(nearest.linkAddress())
        .bytes(port)
        .toBytes();
  }

  @Override
  public int spread() {
    return message.transactionId();
  }

  /** RFC 8415 section 18.3: all messages but those that only ask. */
  @Override
  public boolean promises() {
    return switch (message.type()) {
      case Dhcp6MessageType.CONFIRM, Dhcp6MessageType.INFORMATION_REQUEST -> false;
      case Dhcp6MessageType.SOLICIT -> message.options().has(Dhcp6OptionCode.RAPID_COMMIT);
      default -> true;
    };
  }

  /** RFC 8415 section 16: what names another server has been dropped before. */
  @Override
  public boolean isForThisServer() {
    return message.options().has(Dhcp6OptionCode.SERVER_ID);
  }

  @Override
  public boolean renews() {
    return message.type() == Dhcp6MessageType.RENEW;
  }

  @Override
  public Precedence precedence() {
    return switch (message.type()) {
      case Dhcp6MessageType.SOLICIT, Dhcp6MessageType.INFORMATION_REQUEST -> Precedence.BEGINS;
      case Dhcp6MessageType.REQUEST -> Precedence.COMPLETES;
      default -> Precedence.KEEPS;
    };
  }
}
