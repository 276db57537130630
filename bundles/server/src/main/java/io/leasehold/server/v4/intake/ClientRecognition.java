// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4.intake;

import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.codec.v4.RelayAgentInfo;
import io.leasehold.codec.v4.RelayAgentOptions;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.HardwareAddress;
import io.leasehold.server.plan.FlexId;
import io.leasehold.server.plan.HostIdentifier;
import java.util.ArrayList;
import java.util.List;

/** Tells who a client is (RFC 2131 section 4.2). Immutable, for any thread. */
final class ClientRecognition {
  /** RFC 2132 section 9.14: a type and at least one octet more. */
  private static final int LEAST_ID = 2;

  private static final int MOST_ID = 255;

  /** RFC 4361 section 6.1: type, IAID, DUID. */
  private static final int DUID_BASED = 255;

  private static final int DUID_OFFSET = 5;

  private final List<HostIdentifier.Type> order;
  private final FlexId flexIdOrNull;

  /**
   * @param order which identifiers reservations are looked up by
   * @param flexIdOrNull how to make an identifier of a message
   */
  ClientRecognition(List<HostIdentifier.Type> order, FlexId flexIdOrNull) {
    this.order = order;
    this.flexIdOrNull = flexIdOrNull;
  }

  /**
   * The sender of a message; null if it does not say.
   *
   * @param byClientId whether the client identifier tells clients apart
   */
  Client recognise(PacketFacts4 facts, RelayAgentInfo relay, boolean byClientId) {
    Bytes flexId = flexIdOrNull == null ? Bytes.EMPTY : flexIdOrNull.of(facts);
    boolean replaced = !flexId.isEmpty() && flexIdOrNull.replacesClientId();
    Bytes id = replaced ? inPlace(flexId) : clientId(facts.message());
    ClientIdentity byHardware = byHardware(facts.message());
    HardwareAddress hardware = hardware(byHardware);
    boolean byId = !id.isEmpty() && (byClientId || hardware == null);
    if (!byId && hardware == null) {
      return null;
    }
    ClientIdentity identity =
        byId ? new ClientIdentity(ClientIdentity.Type.CLIENT_ID, id) : byHardware;
    return new Client(identity, byHardware, hardware, identifiers(id, hardware, relay, flexId));
  }

  /** As Kea has it: a zero, which says that no hardware address follows, and the identifier. */
  private static Bytes inPlace(Bytes flexId) {
    return new ByteWriter(1 + flexId.length()).u8(0).bytes(flexId).toBytes();
  }

  /** The identifier; empty if there is none, or one too short to tell anybody. */
  private static Bytes clientId(Dhcp4Message message) {
    Bytes id = message.options().rawOrEmpty(Dhcp4OptionCode.CLIENT_ID);
    if (id.length() > MOST_ID) {
      throw new io.leasehold.codec.MalformedPacketException(
          MalformedReason.VALUE_TOO_LONG, id.sourceOffset());
    }
    return id.length() < LEAST_ID ? Bytes.EMPTY : id.compact();
  }

  private static ClientIdentity byHardware(Dhcp4Message message) {
    Bytes address = message.hardwareAddress();
    if (address.isEmpty()) {
      return ClientIdentity.NONE;
    }
    ByteWriter value = new ByteWriter(1 + address.length());
    value.u8(message.hardwareType()).bytes(address);
    return new ClientIdentity(ClientIdentity.Type.HARDWARE, value.toBytes());
  }

  /** The address in such an identity, a view of it; null if there is none. */
  private static HardwareAddress hardware(ClientIdentity byHardware) {
    Bytes value = byHardware.value();
    return value.isEmpty()
        ? null
        : new HardwareAddress(value.at(0), value.slice(1, value.length()));
  }

  private List<HostIdentifier> identifiers(
      Bytes id, HardwareAddress hardware, RelayAgentInfo relay, Bytes flexId) {
    if (order.isEmpty()) {
      return List.of();
    }
    List<HostIdentifier> identifiers = new ArrayList<>(order.size());
    for (HostIdentifier.Type type : order) {
      Bytes value =
          switch (type) {
            case HW_ADDRESS -> hardware == null ? Bytes.EMPTY : hardware.address();
            case CLIENT_ID -> id;
            case DUID -> duid(id);
            case CIRCUIT_ID ->
                relay.raw(RelayAgentOptions.CIRCUIT_ID.code()).orElse(Bytes.EMPTY).compact();
            case FLEX_ID -> flexId;
          };
      if (!value.isEmpty()) {
        identifiers.add(new HostIdentifier(type, value));
      }
    }
    return List.copyOf(identifiers);
  }

  /** The DUID in an identifier made of one (RFC 4361 section 6.1); empty if it is not. */
  private static Bytes duid(Bytes id) {
    boolean based =
        id.length() > DUID_OFFSET
            && id.at(0) == DUID_BASED
            && id.length() - DUID_OFFSET <= Duid.MAX_LENGTH;
    return based ? id.slice(DUID_OFFSET, id.length()) : Bytes.EMPTY;
  }
}
