// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Bytes;
import java.util.List;

/**
 * The vendor's words for the hardware a client runs on (RFC 8415 section 21.16).
 *
 * @param enterpriseNumber IANA private enterprise number, unsigned 32 bits
 * @param data the words, each opaque octets; text by custom
 */
public record VendorClass(long enterpriseNumber, List<Bytes> data) {
  /** Copies the list and refuses a number that does not fit 32 bits. */
  public VendorClass {
    Lifetimes.check(enterpriseNumber);
    data = List.copyOf(data);
  }

  static VendorClass decode(Bytes value) {
    ByteReader in = new ByteReader(value);
    return new VendorClass(in.u32(), Tuples.decode(in));
  }

  Bytes encode() {
    ByteWriter out = new ByteWriter(4 + Tuples.encodedLength(data)).u32(enterpriseNumber);
    Tuples.encode(data, out);
    return out.toBytes();
  }
}
