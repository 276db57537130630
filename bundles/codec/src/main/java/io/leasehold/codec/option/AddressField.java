// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedReason;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;

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

  /** Sixteen octets. */
  static final class V6 implements FieldType.Codec {
    @Override
    public void encode(String text, ByteWriter out) {
      out.ipv6(Ipv6.ofText(text));
    }

    @Override
    public Object decode(ByteReader in) {
      return in.ipv6().toString();
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
      Prefix prefix = Prefix.ofText(text);
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
      return Prefix.masked(Ipv6.of(Bytes.wrap(address)), length).toString();
    }

    private int octets(int length) {
      return whole ? MAX_LENGTH / 8 : (length + 7) / 8;
    }
  }
}
