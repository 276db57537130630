// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.option.OptionType;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Kinds of typed keys. */
final class Values {
  private Values() {}

  static <T> OptionType<T> whole(
      int code, String name, Function<ByteReader, T> read, Function<T, Bytes> encoder) {
    return OptionType.of(
        code,
        name,
        value -> {
          ByteReader in = new ByteReader(value);
          T decoded = read.apply(in);
          in.expectEnd();
          return decoded;
        },
        encoder);
  }

  /** At least one element. */
  static <T> OptionType<List<T>> list(
      int code, String name, Function<ByteReader, T> read, Function<T, Bytes> encoder) {
    return OptionType.of(
        code, name, value -> elements(value, read), elements -> joined(elements, encoder));
  }

  static <T> List<T> elements(Bytes value, Function<ByteReader, T> read) {
    ByteReader in = new ByteReader(value);
    if (!in.hasRemaining()) {
      throw in.malformed(MalformedReason.EMPTY_VALUE);
    }
    List<T> elements = new ArrayList<>();
    while (in.hasRemaining()) {
      elements.add(read.apply(in));
    }
    return List.copyOf(elements);
  }

  private static <T> Bytes joined(List<T> elements, Function<T, Bytes> encoder) {
    ByteWriter out = new ByteWriter(8 * elements.size());
    for (T element : elements) {
      out.bytes(encoder.apply(element));
    }
    return out.toBytes();
  }

  static OptionType<Ipv4> ipv4(int code, String name) {
    return whole(code, name, ByteReader::ipv4, Ipv4::bytes);
  }

  static OptionType<List<Ipv4>> ipv4List(int code, String name) {
    return list(code, name, ByteReader::ipv4, Ipv4::bytes);
  }

  static OptionType<Integer> u8(int code, String name) {
    return whole(code, name, ByteReader::u8, number -> new ByteWriter(1).u8(number).toBytes());
  }

  static OptionType<Integer> u16(int code, String name) {
    return whole(code, name, ByteReader::u16, number -> new ByteWriter(2).u16(number).toBytes());
  }

  static OptionType<Long> u32(int code, String name) {
    return whole(code, name, ByteReader::u32, number -> new ByteWriter(4).u32(number).toBytes());
  }

  static OptionType<Bytes> empty(int code, String name) {
    return whole(code, name, in -> Bytes.EMPTY, Values::nothing);
  }

  private static Bytes nothing(Bytes value) {
    if (!value.isEmpty()) {
      throw new IllegalArgumentException("the option has no value");
    }
    return value;
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
