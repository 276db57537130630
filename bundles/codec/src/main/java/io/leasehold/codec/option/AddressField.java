// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedReason;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.util.StringJoiner;

/** Fields that hold addresses. */
final class AddressField {
  private AddressField() {}

  /** Four octets. */
  static final class V4 implements FieldType.Codec {
    @Override
    public void encode(String text, ByteWriter out) {
      out.ipv4(Ipv4.ofText(text));
    }

    @Override
    public Object decode(ByteReader in) {
      return in.ipv4().toString();
    }
  }

  /** An octet of length and addresses of four; blanks separate them in text (RFC 7291). */
  static final class SizedV4 implements FieldType.Codec {
    @Override
    public void encode(String text, ByteWriter out) {
      String[] addresses = text.trim().split(" +");
      out.u8(4 * addresses.length);
      for (String address : addresses) {
        out.ipv4(Ipv4.ofText(address));
      }
    }

    @Override
    public Object decode(ByteReader in) {
      ByteReader addresses = new ByteReader(in.bytes(in.u8()));
      StringJoiner text = new StringJoiner(" ");
      do {
        text.add(addresses.ipv4().toString());
      } while (addresses.hasRemaining());
      return text.toString();
    }
  }

  /**
   * A length in bits, as many octets of the destination as hold them, and a router; a hyphen is
   * between in text (RFC 3442).
   */
  static final class Route implements FieldType.Codec {
    @Override
    public void encode(String text, ByteWriter out) {
      int hyphen = text.indexOf('-');
      Prefix destination = Prefix.ofText(text.substring(0, Math.max(0, hyphen)).trim());
      if (!destination.isMapped()) {
        throw new IllegalArgumentException("not IPv4");
      }
      int length = destination.ipv4Length();
      Bytes octets = destination.address().toIpv4().bytes().slice(0, (length + 7) / 8);
      out.u8(length).bytes(octets).ipv4(Ipv4.ofText(text.substring(hyphen + 1).trim()));
    }

    @Override
    public Object decode(ByteReader in) {
      var tooLong = in.malformed(MalformedReason.PREFIX_LENGTH);
      int length = in.u8();
      if (length > Integer.SIZE) {
        throw tooLong;
      }
      byte[] destination = new byte[4];
      in.bytes((length + 7) / 8).copyTo(destination, 0);
      // Bits beyond the length mean nothing and are dropped.
      return Prefix.mapped(Ipv4.of(Bytes.wrap(destination)), length) + " - " + in.ipv4();
    }
  }

  /** Sixteen octets. */
  static final class V6 implements FieldType.Codec {
    @Override
    public void encode(String text, ByteWriter out) {
      out.ipv6(Ipv6.ofIpv6Text(text));
    }

    @Override
    public Object decode(ByteReader in) {
      return in.ipv6().toIpv6Text();
    }
  }

  /**
   * A length in bits, then as many octets as hold them or always sixteen.
   *
   * @param whole whether all sixteen octets are there, as in IA Prefix
   */
  record V6Prefix(boolean whole) implements FieldType.Codec {
    private static final int MAX_LENGTH = 128;

    @Override
    public void encode(String text, ByteWriter out) {
      Prefix prefix = Prefix.ofIpv6Text(text);
      out.u8(prefix.length()).bytes(prefix.address().bytes().slice(0, octets(prefix.length())));
    }

    @Override
    public Object decode(ByteReader in) {
      var tooLong = in.malformed(MalformedReason.PREFIX_LENGTH);
      int length = in.u8();
      if (length > MAX_LENGTH) {
        throw tooLong;
      }
      byte[] address = new byte[16];
      in.bytes(octets(length)).copyTo(address, 0);
      // Bits beyond the length mean nothing and are dropped.
      return Prefix.masked(Ipv6.of(Bytes.wrap(address)), length).toIpv6Text();
    }

    private int octets(int length) {
      return whole ? MAX_LENGTH / 8 : (length + 7) / 8;
    }
  }
}
