// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec;

import io.leasehold.net.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The wire form of the control interface of strongSwan, VICI: elements of one octet for the type,
 * one for the length of a name, two for the length of a value. The four octets of length before a
 * packet are {@link ViciFrames}'s.
 */
final class ViciCodec {
  /** What strongSwan itself sets as limit of a packet. */
  static final int PACKET_OCTETS_MAXIMUM = 512 * 1024;

  private static final int DEPTH_MAXIMUM = 8;
  private static final int SECTION_START = 1;
  private static final int SECTION_END = 2;
  private static final int KEY_VALUE = 3;
  private static final int LIST_START = 4;
  private static final int LIST_ITEM = 5;
  private static final int LIST_END = 6;

  private ViciCodec() {}

  static Bytes encode(ViciPacket packet) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(packet.type().ordinal());
    if (packet.type().isNamed()) {
      putName(out, packet.name());
    }
    putMessage(out, packet.message());
    return Bytes.wrap(out.toByteArray());
  }

  private static void putMessage(ByteArrayOutputStream out, ViciMessage message) {
    message
        .values()
        .forEach(
            (name, value) -> {
              out.write(KEY_VALUE);
              putName(out, name);
              putValue(out, value);
            });
    message
        .lists()
        .forEach(
            (name, items) -> {
              out.write(LIST_START);
              putName(out, name);
              for (String item : items) {
                out.write(LIST_ITEM);
                putValue(out, item);
              }
              out.write(LIST_END);
            });
    message
        .sections()
        .forEach(
            (name, section) -> {
              out.write(SECTION_START);
              putName(out, name);
              putMessage(out, section);
              out.write(SECTION_END);
            });
  }

  private static void putName(ByteArrayOutputStream out, String name) {
    byte[] octets = name.getBytes(StandardCharsets.UTF_8);
    if (octets.length > 0xff) {
      throw new IllegalArgumentException("a name of VICI has at most 255 octets: " + name);
    }
    out.write(octets.length);
    out.writeBytes(octets);
  }

  private static void putValue(ByteArrayOutputStream out, String value) {
    byte[] octets = value.getBytes(StandardCharsets.UTF_8);
    if (octets.length > 0xffff) {
      throw new IllegalArgumentException("a value of VICI has at most 65535 octets");
    }
    out.write(octets.length >>> 8);
    out.write(octets.length);
    out.writeBytes(octets);
  }

  /** Reads a packet, without the octets of its length. */
  static ViciPacket decode(Bytes octets) throws ViciFormatException {
    ByteBuffer in = ByteBuffer.wrap(octets.toArray());
    int type = in.hasRemaining() ? in.get() & 0xff : -1;
    if (type < 0 || type >= ViciPacket.Type.values().length) {
      throw new ViciFormatException("packet of unknown type " + type);
    }
    ViciPacket.Type kind = ViciPacket.Type.values()[type];
    String name = kind.isNamed() ? name(in) : "";
    return new ViciPacket(kind, name, message(in, 0));
  }

  private static ViciMessage message(ByteBuffer in, int depth) throws ViciFormatException {
    if (depth > DEPTH_MAXIMUM) {
      throw new ViciFormatException("sections are nested deeper than " + DEPTH_MAXIMUM);
    }
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, List<String>> lists = new LinkedHashMap<>();
    Map<String, ViciMessage> sections = new LinkedHashMap<>();
    while (in.hasRemaining()) {
      int element = in.get();
      switch (element) {
        case KEY_VALUE -> values.put(name(in), value(in));
        case LIST_START -> lists.put(name(in), items(in));
        case SECTION_START -> sections.put(name(in), message(in, depth + 1));
        case SECTION_END -> {
          if (depth == 0) {
            throw new ViciFormatException("a section ends that did not begin");
          }
          return new ViciMessage(values, lists, sections);
        }
        default -> throw new ViciFormatException("element of unknown type " + element);
      }
    }
    if (depth > 0) {
      throw new ViciFormatException("a section does not end");
    }
    return new ViciMessage(values, lists, sections);
  }

  private static List<String> items(ByteBuffer in) throws ViciFormatException {
    List<String> items = new ArrayList<>();
    while (in.hasRemaining()) {
      int element = in.get();
      if (element == LIST_END) {
        return items;
      }
      if (element != LIST_ITEM) {
        throw new ViciFormatException("element of type " + element + " in a list");
      }
      items.add(value(in));
    }
    throw new ViciFormatException("a list does not end");
  }

  private static String name(ByteBuffer in) throws ViciFormatException {
    return text(in, in.hasRemaining() ? in.get() & 0xff : -1);
  }

  private static String value(ByteBuffer in) throws ViciFormatException {
    return text(in, in.remaining() >= 2 ? in.getShort() & 0xffff : -1);
  }

  private static String text(ByteBuffer in, int length) throws ViciFormatException {
    if (length < 0 || length > in.remaining()) {
      throw new ViciFormatException("a packet ends within a name or a value");
    }
    byte[] octets = new byte[length];
    in.get(octets);
    return new String(octets, StandardCharsets.UTF_8);
  }
}
