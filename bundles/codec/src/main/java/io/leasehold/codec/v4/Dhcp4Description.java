// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.description.Node;
import io.leasehold.codec.description.OptionDepth;
import io.leasehold.codec.description.OptionDescription;
import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes DHCPv4 packets apart for people: all fields, and options inside options, with names, as far
 * as they can be read. Never refuses a packet; what is wrong becomes part of the description, under
 * the key {@code malformed}.
 *
 * <p>A description is made of maps with string keys, lists, strings, {@code Long}, {@code Integer}
 * and {@code Boolean}, ready to be written as JSON. Immutable, for any thread; not for the packet
 * path.
 */
public final class Dhcp4Description {
  private static final OptionDepth OUTERMOST = new OptionDepth(0, 0);

  private final OptionDescription options;

  /** Describes options as the catalogue defines them. */
  public Dhcp4Description(OptionCatalogue catalogue) {
    this.options = new OptionDescription(catalogue, new Dhcp4Family(catalogue));
  }

  /** A packet with everything in it. Octets from the first one on are the packet. */
  public Map<String, Object> describe(Bytes packet) {
    Map<String, Object> node = new LinkedHashMap<>();
    ByteReader in = new ByteReader(packet);
    try {
      if (packet.length() > Dhcp4Message.MAX_LENGTH) {
        throw in.malformed(MalformedReason.PACKET_TOO_LONG);
      }
      node.put(Node.TYPE, Dhcp4MessageType.name(Dhcp4MessageType.BOOTP));
      node.put(Node.TYPE_CODE, Dhcp4MessageType.BOOTP);
      describeHeader(node, in);
      Bytes serverName = in.bytes(Dhcp4Layout.SERVER_NAME_LENGTH);
      Bytes bootFile = in.bytes(Dhcp4Layout.BOOT_FILE_LENGTH);
      ReceivedOptions received = new ReceivedOptions();
      String malformed = "";
      if (Dhcp4Layout.startsWithCookie(in)) {
        malformed = read(received, in.rest(), bootFile, serverName);
      }
      if (!received.areIn(Dhcp4Layout.IN_SERVER_NAME)) {
        putText(node, "server-name", serverName);
      }
      if (!received.areIn(Dhcp4Layout.IN_BOOT_FILE)) {
        putText(node, "boot-file", bootFile);
      }
      describeOptions(node, received.joined());
      if (!malformed.isEmpty()) {
        node.put(Node.MALFORMED, malformed);
      }
    } catch (MalformedPacketException e) {
      node.put(Node.MALFORMED, e.getMessage());
    }
    return node;
  }

  private static void describeHeader(Map<String, Object> node, ByteReader in) {
    int op = in.u8();
    node.put("op", op == 1 ? "request" : op == 2 ? "reply" : "op-" + op);
    node.put("hardware-type", in.u8());
    MalformedPacketException tooLong = in.malformed(MalformedReason.VALUE_TOO_LONG);
    int hardwareLength = in.u8();
    node.put("hops", in.u8());
    node.put(Node.TRANSACTION_ID, "0x" + in.bytes(4).toHex());
    node.put("seconds", in.u16());
    int flags = in.u16();
    node.put(
        "flags", flags == Dhcp4Message.BROADCAST ? "broadcast" : "0x" + Integer.toHexString(flags));
    node.put("client-address", in.ipv4().toString());
    node.put("your-address", in.ipv4().toString());
    node.put("next-server", in.ipv4().toString());
    node.put("relay-address", in.ipv4().toString());
    Bytes hardware = in.bytes(Dhcp4Message.MAX_HARDWARE_ADDRESS_LENGTH);
    if (hardwareLength > hardware.length()) {
      throw tooLong;
    }
    if (hardwareLength > 0) {
      node.put("hardware-address", hardware.slice(0, hardwareLength).toHex(":"));
    }
  }

  /** Reads as many options as can be; returns what is wrong, or an empty text. */
  private static String read(
      ReceivedOptions received, Bytes options, Bytes bootFile, Bytes serverName) {
    try {
      received.read(options, bootFile, serverName);
      received.checked();
      return "";
    } catch (MalformedPacketException e) {
      return e.getMessage();
    }
  }

  private static void putText(Map<String, Object> node, String name, Bytes field) {
    Bytes octets = Octets.withoutZeros(field);
    if (!octets.isEmpty()) {
      node.put(name, octets.toUtf8());
    }
  }

  private void describeOptions(Map<String, Object> node, Options all) {
    List<Object> described = new ArrayList<>();
    for (Option option : all) {
      boolean type = option.code() == Dhcp4OptionCode.MESSAGE_TYPE && option.value().length() == 1;
      if (type) {
        node.put(Node.TYPE, Dhcp4MessageType.name(option.value().at(0)));
        node.put(Node.TYPE_CODE, option.value().at(0));
      }
      described.add(options.describeOption(OptionSpace.DHCP4, option, OUTERMOST));
    }
    node.put(Node.OPTIONS, described);
  }
}
