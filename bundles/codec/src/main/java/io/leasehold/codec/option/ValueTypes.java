// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Typed keys of options whose values have a common form, the same in both families. */
public final class ValueTypes {
  private ValueTypes() {}

  /** A value that is read to its end; octets after it are malformed. */
  public static <T> OptionType<T> whole(
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

  /** A number of one octet, 0 to 255. */
  public static OptionType<Integer> u8(int code, String name) {
    return whole(code, name, ByteReader::u8, number -> new ByteWriter(1).u8(number).toBytes());
  }

  /** A number of two octets, 0 to 65535. */
  public static OptionType<Integer> u16(int code, String name) {
    return whole(code, name, ByteReader::u16, number -> new ByteWriter(2).u16(number).toBytes());
  }

  /** A number of four octets, 0 to 4294967295. */
  public static OptionType<Long> u32(int code, String name) {
    return whole(code, name, ByteReader::u32, number -> new ByteWriter(4).u32(number).toBytes());
  }

  /** Present or not; the value is {@link Bytes#EMPTY}, and no other can be written. */
  public static OptionType<Bytes> empty(int code, String name) {
    return whole(code, name, in -> Bytes.EMPTY, ValueTypes::nothing);
  }

  private static Bytes nothing(Bytes value) {
    if (!value.isEmpty()) {
      throw new IllegalArgumentException("the option has no value");
    }
    return value;
  }

  /** All elements that are left to read, perhaps none; the list is immutable. */
  public static <T> List<T> elements(ByteReader in, Function<ByteReader, T> read) {
    List<T> elements = new ArrayList<>();
    while (in.hasRemaining()) {
      elements.add(read.apply(in));
    }
    return List.copyOf(elements);
  }

  /** Elements one after the other. */
  public static <T> Bytes joined(List<T> elements, Function<T, Bytes> encoder) {
    ByteWriter out = new ByteWriter(16 * elements.size());
    for (T element : elements) {
      out.bytes(encoder.apply(element));
    }
    return out.toBytes();
  }
}
