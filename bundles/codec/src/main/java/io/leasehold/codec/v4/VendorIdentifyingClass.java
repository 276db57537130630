// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Bytes;
import java.util.List;

/**
 * A vendor's words for the hardware a client runs on (RFC 3925 section 3).
 *
 * @param enterpriseNumber IANA private enterprise number, unsigned 32 bits
 * @param data the words, each opaque octets; text by custom
 */
public record VendorIdentifyingClass(long enterpriseNumber, List<Bytes> data) {
  /** Copies the list. */
  public VendorIdentifyingClass {
    data = List.copyOf(data);
  }

  static VendorIdentifyingClass read(ByteReader in) {
    return new VendorIdentifyingClass(in.u32(), Octets.sized(new ByteReader(in.bytes(in.u8()))));
  }

  Bytes encode() {
    Bytes words = Octets.sized(data);
    return new ByteWriter(5 + words.length())
        .u32(enterpriseNumber)
        .u8(words.length())
        .bytes(words)
        .toBytes();
  }
}
