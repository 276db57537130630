// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4.intake;

import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.codec.v4.ParameterRequest;
import io.leasehold.codec.v4.RelayAgentInfo;
import io.leasehold.codec.v4.RelayAgentOptions;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv4;
import io.leasehold.server.expression.Membership;
import io.leasehold.server.expression.PacketFacts;
import io.leasehold.server.plan.ClassSet;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.protocol.Place;
import io.leasehold.server.protocol.Precedence;
import io.leasehold.server.protocol.Request;

/**
 * A valid message of a client, and what can be told about it without looking at leases. Immutable.
 *
 * @param arrival how it came
 * @param message the message
 * @param relay what relay agents say of the client (RFC 3046)
 * @param client who sent it
 * @param placeOrNull where the client is; null if the plan does not know its link
 * @param requestedAddress the address it asks for in option 50; unspecified if it does not
 * @param requested options the client asks for
 * @param serverId by what this server is known to the client
 * @param classes to which classes the message alone makes the client belong
 */
public record Dhcp4Request(
    Arrival arrival,
    Dhcp4Message message,
    RelayAgentInfo relay,
    Client client,
    Place placeOrNull,
    Ipv4 requestedAddress,
    ParameterRequest requested,
    Ipv4 serverId,
    ClassSet classes)
    implements Request {

  /** The message type. */
  public int type() {
    return message.type();
  }

  /** Whether it was sent to one host, not to all on a link. */
  public static boolean isUnicast(Arrival arrival) {
    return arrival.local().isMapped()
        && !arrival.local().toIpv4().isBroadcast()
        && !arrival.local().toIpv4().isUnspecified();
  }

  /** Whether the client itself said which subnet it wants an address of (RFC 3011). */
  public boolean selectsSubnet() {
    return LinkFinder.heedsSelection(message, relay);
  }

  /** What the client was doing when it sent a DHCPREQUEST. */
  public RequestState state() {
    if (message.options().has(Dhcp4OptionCode.SERVER_ID)) {
      return RequestState.SELECTING;
    }
    if (message.clientAddress().isUnspecified()) {
      return RequestState.INIT_REBOOT;
    }
    return isDirect() ? RequestState.RENEWING : RequestState.REBINDING;
  }

  /** The address that a DHCPREQUEST is about; unspecified if it does not say. */
  public Ipv4 subject() {
    boolean extending = state() == RequestState.RENEWING || state() == RequestState.REBINDING;
    return extending || requestedAddress.isUnspecified()
        ? message.clientAddress()
        : requestedAddress;
  }

  @Override
  public PacketFacts facts(Membership membership) {
    return new PacketFacts4(message, arrival, membership);
  }

  @Override
  public Family family() {
    return Family.IPV4;
  }

  /** By circuit, else by remote identifier, of the relay agent. */
  @Override
  public Bytes relayPortKey() {
    Bytes port =
        relay
            .raw(RelayAgentOptions.CIRCUIT_ID.code())
            .or(() -> relay.raw(RelayAgentOptions.REMOTE_ID.code()))
            .orElse(Bytes.EMPTY);
    if (!message.isRelayed() && port.isEmpty()) {
      return Bytes.EMPTY;
    }
    return new ByteWriter(Integer.BYTES + port.length())
        .ipv4(message.relayAddress())
        .bytes(port)
        .toBytes();
  }

  @Override
  public int spread() {
    return message.transactionId();
  }

  /** Whether it is a DHCPDISCOVER that is answered by an acknowledgement (RFC 4039). */
  public boolean isRapid() {
    return type() == Dhcp4MessageType.DISCOVER
        && message.options().has(Dhcp4OptionCode.RAPID_COMMIT)
        && placeOrNull != null
        && placeOrNull.subnet().rapidCommit();
  }

  @Override
  public boolean promises() {
    return switch (type()) {
      case Dhcp4MessageType.DISCOVER -> isRapid();
      case Dhcp4MessageType.INFORM -> false;
      default -> true;
    };
  }

  /**
   * By its identifier, or by its address when a lease is renewed (RFC 2131 section 4.3.6) or who
   * has an address asks for options. A relay agent that puts itself in place of the server (RFC
   * 5107) leaves open which server the client means.
   */
  @Override
  public boolean isForThisServer() {
    return renews() || namesServer() || type() == Dhcp4MessageType.INFORM && isDirect();
  }

  /** Whether it has the identifier of this server, and of no other one. */
  public boolean namesServer() {
    return message.options().has(Dhcp4OptionCode.SERVER_ID)
        && relay.first(RelayAgentOptions.SERVER_ID_OVERRIDE).isEmpty();
  }

  private boolean isDirect() {
    return !message.isRelayed() && isUnicast(arrival);
  }

  @Override
  public boolean renews() {
    return type() == Dhcp4MessageType.REQUEST && state() == RequestState.RENEWING;
  }

  @Override
  public Precedence precedence() {
    return switch (type()) {
      case Dhcp4MessageType.DISCOVER, Dhcp4MessageType.INFORM, Dhcp4MessageType.BOOTP ->
          Precedence.BEGINS;
      case Dhcp4MessageType.REQUEST ->
          state() == RequestState.SELECTING ? Precedence.COMPLETES : Precedence.KEEPS;
      default -> Precedence.KEEPS;
    };
  }
}
