// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedReason;
import java.util.Locale;

/**
 * Whole numbers of a fixed width.
 *
 * @param octets 1, 2 or 4
 * @param signed whether the top bit is a sign
 */
record NumberField(int octets, boolean signed) implements FieldType.Codec {

  @Override
  public void encode(String text, ByteWriter out) {
    long value = parse(text);
    if (value < min() || value > max()) {
      throw new IllegalArgumentException("out of range");
    }
    write(out, value & -1L >>> 64 - 8 * octets);
  }

  private void write(ByteWriter out, long bits) {
    switch (octets) {
      case 1 -> out.u8((int) bits);
      case 2 -> out.u16((int) bits);
      default -> out.u32(bits);
    }
  }

  /** Decimal digits, else hexadecimal ones with or without {@code 0x}, as Kea reads numbers. */
  static long parse(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      boolean marked = text.startsWith("0x") || text.startsWith("0X");
      return Long.parseLong(marked ? text.substring(2) : text, 16);
    }
  }

  @Override
  public Object decode(ByteReader in) {
    return switch (octets) {
      case 1 -> signed ? (long) (byte) in.u8() : (long) in.u8();
      case 2 -> signed ? (long) (short) in.u16() : (long) in.u16();
      default -> signed ? (long) (int) in.u32() : in.u32();
    };
  }

  @Override
  public long min() {
    return signed ? -1L << 8 * octets - 1 : 0;
  }

  @Override
  public long max() {
    return -1L >>> 64 - 8 * octets + (signed ? 1 : 0);
  }

  /** One octet, 0 or 1. */
  static final class Truth implements FieldType.Codec {
    @Override
    public void encode(String text, ByteWriter out) {
      out.u8(
          switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> 1;
            case "false", "0" -> 0;
            default -> throw new IllegalArgumentException("not a boolean");
          });
    }

    @Override
    public Object decode(ByteReader in) {
      int octet = in.u8();
      if (octet > 1) {
        throw in.malformed(MalformedReason.INVALID_VALUE);
      }
      return octet == 1;
    }
  }

  /** A length in bits and that many leading bits of two octets (RFC 7598 section 4.5). */
  static final class PortSet implements FieldType.Codec {
    private static final int BITS = 16;

    @Override
    public void encode(String text, ByteWriter out) {
      int slash = text.indexOf('/');
      if (slash < 0) {
        throw new IllegalArgumentException("no length");
      }
      int identifier = Integer.parseInt(text.substring(0, slash).trim());
      int length = Integer.parseInt(text.substring(slash + 1).trim());
      if (length < 0 || length > BITS || identifier < 0 || identifier >>> length != 0) {
        throw new IllegalArgumentException("does not fit");
      }
      out.u8(length).u16(identifier << BITS - length);
    }

    @Override
    public Object decode(ByteReader in) {
      int length = in.u8();
      if (length > BITS) {
        throw in.malformed(MalformedReason.INVALID_VALUE);
      }
      return (in.u16() >>> BITS - length) + "/" + length;
    }
  }
}
