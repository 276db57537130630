// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Octets with two octets of length before them, several in a row (RFC 8415 section 21.15). */
final class Tuples {
  private Tuples() {}

  static List<Bytes> decode(ByteReader in) {
    List<Bytes> tuples = new ArrayList<>();
    while (in.hasRemaining()) {
      tuples.add(in.bytes(in.u16()));
    }
    return List.copyOf(tuples);
  }

  static int encodedLength(List<Bytes> tuples) {
    int length = 2 * tuples.size();
    for (Bytes tuple : tuples) {
      length += tuple.length();
    }
    return length;
  }

  static void encode(List<Bytes> tuples, ByteWriter out) {
    for (Bytes tuple : tuples) {
      out.u16(tuple.length()).bytes(tuple);
    }
  }

  static Bytes encode(List<Bytes> tuples) {
    ByteWriter out = new ByteWriter(encodedLength(tuples));
    encode(tuples, out);
    return out.toBytes();
  }
}
