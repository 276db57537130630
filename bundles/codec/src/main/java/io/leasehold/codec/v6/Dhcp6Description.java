// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionFormat;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  public static final int MAX_NESTING = 8;

  static final String TYPE = "type";
  static final String OPTIONS = "options";
  static final String MESSAGE = "message";
  static final String MALFORMED = "malformed";
  static final String FIELDS = "fields";
  static final String HEX = "hex";
  static final String TEXT = "text";

  private static final OptionFormat OCTETS = OptionFormat.parse("binary");

  private final OptionCatalogue catalogue;

  /** Describes options as the catalogue defines them. */
  public Dhcp6Description(OptionCatalogue catalogue) {
    this.catalogue = catalogue;
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
      node.put(TYPE, Dhcp6MessageType.name(type));
      node.put("type-code", type);
      if (Dhcp6MessageType.isRelay(type)) {
        if (depth == RelayChain.MAX_DEPTH) {
          throw in.malformed(MalformedReason.RELAY_DEPTH);
        }
        node.put("hop-count", in.u8());
        node.put("link-address", in.ipv6().toIpv6Text());
        node.put("peer-address", in.ipv6().toIpv6Text());
      } else {
        node.put("transaction-id", "0x" + in.bytes(3).toHex());
      }
      describeOptions(node, in.rest(), OptionSpace.DHCP6, new Depth(depth, 0));
    } catch (MalformedPacketException e) {
      node.put(MALFORMED, e.getMessage());
    }
    return node;
  }

  private record Depth(int messages, int options) {
    Depth deeper() {
      return new Depth(messages, options + 1);
    }
  }

  /** Adds all options that can be framed, and what is wrong with the rest. */
  private void describeOptions(
      Map<String, Object> node, Bytes octets, OptionSpace space, Depth depth) {
    List<Object> described = new ArrayList<>();
    node.put(OPTIONS, described);
    ByteReader in = new ByteReader(octets);
    try {
      if (depth.options() == MAX_NESTING) {
        throw in.malformed(MalformedReason.NESTING_DEPTH);
      }
      while (in.hasRemaining()) {
        if (described.size() == Options.MAX_COUNT) {
          throw in.malformed(MalformedReason.TOO_MANY_OPTIONS);
        }
        MalformedPacketException overrun = in.malformed(MalformedReason.OPTION_OVERRUN);
        int code = in.u16();
        int length = in.u16();
        if (length > in.remaining()) {
          throw overrun;
        }
        described.add(describeOption(space, code, in.bytes(length), depth));
      }
    } catch (MalformedPacketException e) {
      node.put(MALFORMED, e.getMessage());
    }
  }

  private Map<String, Object> describeOption(
      OptionSpace space, int code, Bytes value, Depth depth) {
    Map<String, Object> node = new LinkedHashMap<>();
    Optional<OptionDefinition> definition = catalogue.byCode(space, code);
    node.put("code", code);
    node.put("name", definition.map(OptionDefinition::name).orElse("option-" + code));
    node.put("length", value.length());
    boolean inMessage = space.equals(OptionSpace.DHCP6);
    try {
      if (inMessage && code == Dhcp6OptionCode.RELAY_MSG) {
        node.put(MESSAGE, describe(value, depth.messages() + 1));
      } else if (definition.isPresent()) {
        describeValue(node, definition.get(), value, depth);
      } else {
        node.put(HEX, value.toHex());
      }
    } catch (MalformedPacketException e) {
      node.put(HEX, value.toHex());
      node.put(MALFORMED, e.getMessage());
    }
    return node;
  }

  private void describeValue(
      Map<String, Object> node, OptionDefinition definition, Bytes value, Depth depth) {
    ByteReader in = new ByteReader(value);
    List<Object> values = definition.format().decodeFields(in);
    if (definition.encapsulates().isEmpty()) {
      in.expectEnd();
    }
    if (definition.format().equals(OCTETS) && isPrintableAscii(value)) {
      node.put(TEXT, value.toUtf8());
    }
    if (!values.isEmpty()) {
      node.put(FIELDS, Dhcp6FieldNames.name(definition, values));
    }
    if (definition.encapsulates().isPresent()) {
      OptionSpace inside = definition.encapsulates().get();
      if (inside.equals(Dhcp6OptionTable.VENDOR_OPTS) && values.get(0) instanceof Long enterprise) {
        OptionSpace ofVendor = OptionSpace.vendor(enterprise);
        inside = catalogue.has(ofVendor) ? ofVendor : inside;
      }
      describeOptions(node, in.rest(), inside, depth.deeper());
    }
  }

  private static boolean isPrintableAscii(Bytes octets) {
    for (int i = 0; i < octets.length(); i++) {
      if (octets.at(i) < ' ' || octets.at(i) > '~') {
        return false;
      }
    }
    return true;
  }
}
