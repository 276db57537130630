// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6.intake;

import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.HardwareAddress;
import io.leasehold.net.Ipv6;
import io.leasehold.server.plan.FlexId;
import io.leasehold.server.plan.HostIdentifier;
import java.util.ArrayList;
import java.util.List;

/** Tells who a client is. Immutable, for any thread. */
final class ClientRecognition {
  private static final int DUID_LLT = 1;
  private static final int DUID_LLT_HEADER = 8;
  private static final int DUID_LL = 3;
  private static final int DUID_LL_HEADER = 4;
  private static final long UNIVERSAL_BIT = 0x0200_0000_0000_0000L;

  private static final int FLEX_HEADER = 2;

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
   * The sender of a message.
   *
   * @throws io.leasehold.codec.MalformedPacketException if an identifier is not one
   */
  Client recognise(PacketFacts6 facts) {
    Duid sent = facts.message().options().first(Dhcp6Options.CLIENT_ID).orElse(null);
    Duid duid = sent == null ? null : new Duid(sent.value().compact());
    Bytes flexId = flexIdOrNull == null ? Bytes.EMPTY : flexIdOrNull.of(facts);
    Duid kept = duid == null || !replaces(flexId) ? duid : inPlace(flexId);
    HardwareAddress hardware = hardware(kept, facts.relays(), facts.source());
    return new Client(
        duid,
        kept == null ? ClientIdentity.NONE : ClientIdentity.of(kept),
        hardware,
        identifiers(kept, hardware, flexId));
  }

  private boolean replaces(Bytes flexId) {
    return !flexId.isEmpty() && flexIdOrNull.replacesClientId();
  }

  /** As Kea has it: two zeros, which no type of DUID is, and the identifier. */
  private static Duid inPlace(Bytes flexId) {
    return new Duid(new ByteWriter(FLEX_HEADER + flexId.length()).u16(0).bytes(flexId).toBytes());
  }

  private List<HostIdentifier> identifiers(Duid duid, HardwareAddress hardware, Bytes flexId) {
    if (order.isEmpty()) {
      return List.of();
    }
    List<HostIdentifier> identifiers = new ArrayList<>(order.size());
    for (HostIdentifier.Type type : order) {
      if (type == HostIdentifier.Type.DUID && duid != null) {
        identifiers.add(new HostIdentifier(type, duid.value()));
      } else if (type == HostIdentifier.Type.HW_ADDRESS && hardware != null) {
        identifiers.add(new HostIdentifier(type, hardware.address()));
      } else if (type == HostIdentifier.Type.FLEX_ID && !flexId.isEmpty()) {
        identifiers.add(new HostIdentifier(type, flexId));
      }
    }
    return List.copyOf(identifiers);
  }

  private static HardwareAddress hardware(Duid duid, List<RelayMessage> relays, Ipv6 source) {
    Ipv6 own = source;
    if (!relays.isEmpty()) {
      // RFC 6939 section 6: only the relay agent nearest to the client is asked.
      RelayMessage nearest = relays.get(relays.size() - 1);
      HardwareAddress told =
          nearest.options().first(Dhcp6Options.CLIENT_LINKLAYER_ADDR).orElse(null);
      if (told != null) {
        return new HardwareAddress(told.type(), told.address().compact());
      }
      own = nearest.peerAddress();
    }
    HardwareAddress inDuid = duid == null ? null : hardware(duid.value());
    return inDuid != null ? inDuid : hardware(own);
  }

  /** RFC 8415 sections 11.2 and 11.4. The address is a view of the DUID. */
  private static HardwareAddress hardware(Bytes duid) {
    int type = duid.length() < DUID_LL_HEADER ? 0 : duid.u16(0);
    int header = type == DUID_LLT ? DUID_LLT_HEADER : DUID_LL_HEADER;
    if (type != DUID_LLT && type != DUID_LL || duid.length() <= header) {
      return null;
    }
    return new HardwareAddress(duid.u16(2), duid.slice(header, duid.length()));
  }

  /** RFC 4291 appendix A: an interface identifier made from an Ethernet address. */
  private static HardwareAddress hardware(Ipv6 address) {
    long id = address.low();
    if (!address.isLinkLocal() || (id >>> 24 & 0xffff) != 0xfffe) {
      return null;
    }
    byte[] octets = new byte[6];
    long flipped = id ^ UNIVERSAL_BIT;
    for (int i = 0; i < 3; i++) {
      octets[i] = (byte) (flipped >>> 56 - 8 * i);
      octets[i + 3] = (byte) (flipped >>> 16 - 8 * i);
    }
    return new HardwareAddress(HardwareAddress.ETHERNET, Bytes.wrap(octets));
  }
}
