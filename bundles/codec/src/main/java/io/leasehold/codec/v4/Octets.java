// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Octets with zeros after them, or with one octet of length before them (RFC 3004, RFC 3925). */
final class Octets {
  private Octets() {}

  /** What is before the zeros at the end. */
  static Bytes withoutZeros(Bytes octets) {
    int length = octets.length();
    while (length >= Long.BYTES && octets.i64(length - Long.BYTES) == 0) {
      length -= Long.BYTES;
    }
    while (length > 0 && octets.at(length - 1) == 0) {
      length--;
    }
    return octets.slice(0, length);
  }

  static List<Bytes> sized(ByteReader in) {
    List<Bytes> elements = new ArrayList<>();
    while (in.hasRemaining()) {
      elements.add(in.bytes(in.u8()));
    }
    return List.copyOf(elements);
  }

  static Bytes sized(List<Bytes> elements) {
    ByteWriter out = new ByteWriter(32);
    for (Bytes element : elements) {
      out.u8(element.length()).bytes(element);
    }
    return out.toBytes();
  }
}
