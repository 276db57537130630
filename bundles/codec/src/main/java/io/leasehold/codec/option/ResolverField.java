// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedReason;
import io.leasehold.net.Bytes;
import io.leasehold.net.DomainName;
import io.leasehold.net.Ipv6;
import java.util.List;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Fields that tell of an encrypted resolver (RFC 9463). */
final class ResolverField {
  private ResolverField() {}

  /** Two octets of length and a domain name. */
  static final class SizedName implements FieldType.Codec {
    @Override
    public void encode(String text, ByteWriter out) {
      Bytes wire = DomainName.ofText(text).wire();
      out.u16(wire.length()).bytes(wire);
    }

    @Override
    public Object decode(ByteReader in) {
      ByteReader name = new ByteReader(in.bytes(in.u16()));
      String text = name.domainName().toString();
      name.expectEnd();
      return text;
    }
  }

  /** Two octets of length and addresses; blanks separate them in text. */
  static final class SizedAddresses implements FieldType.Codec {
    @Override
    public void encode(String text, ByteWriter out) {
      String[] addresses = text.trim().split(" +");
      out.u16(16 * addresses.length);
      for (String address : addresses) {
        out.ipv6(Ipv6.ofIpv6Text(address));
      }
    }

    @Override
    public Object decode(ByteReader in) {
      ByteReader addresses = new ByteReader(in.bytes(in.u16()));
      StringJoiner text = new StringJoiner(" ");
      do {
        text.add(addresses.ipv6().toIpv6Text());
      } while (addresses.hasRemaining());
      return text.toString();
    }
  }

  /**
   * An encrypted resolver as DHCPv4 has it (RFC 9463 section 5.1), its length before it: priority,
   * name, and maybe addresses and parameters, with commas between in text.
   */
  static final class Ipv4Resolver implements FieldType.Codec {
    private static final FieldType.Codec ADDRESSES = new AddressField.SizedV4();
    private static final FieldType.Codec PARAMETERS = new Parameters();

    @Override
    public void encode(String text, ByteWriter out) {
      List<String> fields = OptionText.fields(text);
      if (fields.size() < 2 || fields.size() > 4) {
        throw new IllegalArgumentException("2 to 4 fields, not " + fields.size());
      }
      Bytes name = DomainName.ofText(fields.get(1)).wire();
      ByteWriter resolver = new ByteWriter(64).u16(Integer.parseInt(fields.get(0)));
      resolver.u8(name.length()).bytes(name);
      if (fields.size() > 2) {
        ADDRESSES.encode(fields.get(2), resolver);
      }
      if (fields.size() > 3) {
        PARAMETERS.encode(fields.get(3), resolver);
      }
      Bytes octets = resolver.toBytes();
      out.u16(octets.length()).bytes(octets);
    }

    @Override
    public Object decode(ByteReader in) {
      ByteReader resolver = new ByteReader(in.bytes(in.u16()));
      StringJoiner text = new StringJoiner(", ");
      text.add(String.valueOf(resolver.u16()));
      ByteReader name = new ByteReader(resolver.bytes(resolver.u8()));
      text.add(name.domainName().toString());
      name.expectEnd();
      if (resolver.hasRemaining()) {
        text.add(ADDRESSES.decode(resolver).toString());
      }
      if (resolver.hasRemaining()) {
        text.add(PARAMETERS.decode(resolver).toString().replace(",", "\\,"));
      }
      return text.toString();
    }
  }

  /** Service parameters (RFC 9460 section 2.2); blanks separate them in text. */
  static final class Parameters implements FieldType.Codec {
    private static final int ALPN = 1;
    private static final int NO_DEFAULT_ALPN = 2;
    private static final int PORT = 3;
    private static final int DOHPATH = 7;
    private static final String[] NAMES = {
      "mandatory", "alpn", "no-default-alpn", "port", "ipv4hint", "ech", "ipv6hint", "dohpath"
    };

    @Override
    public void encode(String text, ByteWriter out) {
      TreeMap<Integer, Bytes> parameters = new TreeMap<>();
      for (String parameter : text.trim().split(" +")) {
        int equals = parameter.indexOf('=');
        int key = key(equals < 0 ? parameter : parameter.substring(0, equals));
        Bytes value = value(key, equals < 0 ? "" : parameter.substring(equals + 1));
        if (parameters.put(key, value) != null) {
          throw new IllegalArgumentException("given twice: " + parameter);
        }
      }
      parameters.forEach((key, value) -> out.u16(key).u16(value.length()).bytes(value));
    }

    private static int key(String name) {
      for (int key = 0; key < NAMES.length; key++) {
        if (NAMES[key].equals(name)) {
          return key;
        }
      }
      if (!name.startsWith("key")) {
        throw new IllegalArgumentException("not a parameter: " + name);
      }
      return Integer.parseInt(name.substring(3));
    }

    private static Bytes value(int key, String text) {
      ByteWriter out = new ByteWriter(16);
      switch (key) {
        case ALPN -> {
          for (String protocol : text.split(",")) {
            Bytes octets = Bytes.ofUtf8(protocol);
            out.u8(octets.length()).bytes(octets);
          }
        }
        case NO_DEFAULT_ALPN -> out.bytes(Bytes.ofUtf8(text));
        case PORT -> out.u16(Integer.parseInt(text));
        case DOHPATH -> out.bytes(Bytes.ofUtf8(text));
        default -> out.bytes(Bytes.ofHex(text));
      }
      return out.toBytes();
    }

    @Override
    public Object decode(ByteReader in) {
      StringJoiner text = new StringJoiner(" ");
      int last = -1;
      while (in.hasRemaining()) {
        var outOfOrder = in.malformed(MalformedReason.INVALID_VALUE);
        int key = in.u16();
        if (key <= last) {
          // RFC 9460 2.2: keys appear in increasing order, so none appears twice.
          throw outOfOrder;
        }
        last = key;
        ByteReader value = new ByteReader(in.bytes(in.u16()));
        String name = key < NAMES.length ? NAMES[key] : "key" + key;
        String shown = describe(key, value);
        text.add(shown.isEmpty() ? name : name + "=" + shown);
        value.expectEnd();
      }
      return text.toString();
    }

    private static String describe(int key, ByteReader value) {
      if (key == PORT) {
        return String.valueOf(value.u16());
      }
      if (key == DOHPATH) {
        return value.rest().toUtf8();
      }
      if (key != ALPN) {
        return value.rest().toHex();
      }
      StringJoiner protocols = new StringJoiner(",");
      do {
        protocols.add(value.bytes(value.u8()).toUtf8());
      } while (value.hasRemaining());
      return protocols.toString();
    }
  }
}
