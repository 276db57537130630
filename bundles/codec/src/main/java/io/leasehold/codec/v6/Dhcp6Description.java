// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.description.Node;
import io.leasehold.codec.description.OptionDepth;
import io.leasehold.codec.description.OptionDescription;
import io.leasehold.codec.description.OptionFamily;
import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.net.Bytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes packets apart for people: messages inside messages and options inside options, with names,
 * as far as they can be read. Never refuses a packet; what is wrong becomes part of the
 * description, under the key {@code malformed}.
 *
 * <p>A description is made of maps with string keys, lists, strings, {@code Long}, {@code Integer}
 * and {@code Boolean}, ready to be written as JSON. Immutable, for any thread; not for the packet
 * path.
 */
public final class Dhcp6Description {
  /** How many levels of options inside options are looked into, in each message. */
  public static final int MAX_NESTING = OptionDepth.MAX_OPTIONS;

  private final OptionDescription options;

  /** Describes options as the catalogue defines them. */
  public Dhcp6Description(OptionCatalogue catalogue) {
    this.options = new OptionDescription(catalogue, new Family());
  }

  /** A packet with everything in it. Octets from the first one on are the packet. */
  public Map<String, Object> describe(Bytes packet) {
    return describe(packet, 0);
  }

  private Map<String, Object> describe(Bytes packet, int depth) {
    Map<String, Object> node = new LinkedHashMap<>();
    ByteReader in = new ByteReader(packet);
    try {
      if (packet.length() > Dhcp6Message.MAX_LENGTH) {
        throw in.malformed(MalformedReason.PACKET_TOO_LONG);
      }
      int type = in.u8();
      node.put(Node.TYPE, Dhcp6MessageType.name(type));
      node.put(Node.TYPE_CODE, type);
      if (Dhcp6MessageType.isRelay(type)) {
        if (depth == RelayChain.MAX_DEPTH) {
          throw in.malformed(MalformedReason.RELAY_DEPTH);
        }
        node.put("hop-count", in.u8());
        node.put("link-address", in.ipv6().toIpv6Text());
        node.put("peer-address", in.ipv6().toIpv6Text());
      } else {
        node.put(Node.TRANSACTION_ID, "0x" + in.bytes(3).toHex());
        if (Dhcp6MessageType.isFailover(type)) {
          node.put("sent-time", new AbsoluteTime(in.u32()).toString());
        }
      }
      options.describeOptions(node, in.rest(), OptionSpace.DHCP6, new OptionDepth(depth, 0));
    } catch (MalformedPacketException e) {
      node.put(Node.MALFORMED, e.getMessage());
    }
    return node;
  }

  /** What only DHCPv6 has: messages inside options, and vendors named in front of their options. */
  private final class Family implements OptionFamily {
    @Override
    public boolean describe(
        Map<String, Object> node, OptionSpace space, int code, Bytes value, OptionDepth depth) {
      boolean relayed = space.equals(OptionSpace.DHCP6) && code == Dhcp6OptionCode.RELAY_MSG;
      if (relayed) {
        node.put(Node.MESSAGE, Dhcp6Description.this.describe(value, depth.messages() + 1));
      }
      return relayed;
    }

    @Override
    public Object name(OptionDefinition definition, List<Object> values) {
      return Dhcp6FieldNames.name(definition, values);
    }

    @Override
    public OptionSpace inside(OptionSpace defined, List<Object> values) {
      boolean ofVendor = defined.equals(Dhcp6OptionTable.VENDOR_OPTS);
      return ofVendor && values.get(0) instanceof Long enterprise
          ? options.known(OptionSpace.vendor(enterprise), defined)
          : defined;
    }
  }
}
