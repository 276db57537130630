// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.option.OptionType;
import io.leasehold.codec.option.ValueTypes;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import java.util.List;
import java.util.function.Function;

/** Typed keys of options whose values have a form that is common in DHCPv4. */
final class Values {
  private Values() {}

  /** At least one element. */
  static <T> OptionType<List<T>> list(
      int code, String name, Function<ByteReader, T> read, Function<T, Bytes> encoder) {
    return OptionType.of(
        code,
        name,
        value -> elements(value, read),
        elements -> ValueTypes.joined(elements, encoder));
  }

  static <T> List<T> elements(Bytes value, Function<ByteReader, T> read) {
    return ValueTypes.elements(new ByteReader(atLeast(value, 1)), read);
  }

  static OptionType<Ipv4> ipv4(int code, String name) {
    return ValueTypes.whole(code, name, ByteReader::ipv4, Ipv4::bytes);
  }

  static OptionType<List<Ipv4>> ipv4List(int code, String name) {
    return list(code, name, ByteReader::ipv4, Ipv4::bytes);
  }

  static OptionType<Bytes> octets(int code, String name, int minLength) {
    return OptionType.of(code, name, value -> atLeast(value, minLength), value -> value);
  }

  static Bytes atLeast(Bytes value, int minLength) {
    if (value.length() < minLength) {
      throw new MalformedPacketException(
          value.isEmpty() ? MalformedReason.EMPTY_VALUE : MalformedReason.TRUNCATED,
          value.sourceOffset() + value.length());
    }
    return value;
  }

  /** Text as it came, without the zeros that some senders put after it (RFC 2132 section 2). */
  static OptionType<String> text(int code, String name) {
    return OptionType.of(code, name, Values::textOf, Bytes::ofUtf8);
  }

  private static String textOf(Bytes value) {
    return Octets.withoutZeros(atLeast(value, 1)).toUtf8();
  }
}
