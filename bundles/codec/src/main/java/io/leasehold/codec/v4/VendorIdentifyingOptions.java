// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.option.OptionFraming;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;
import java.util.Objects;

/**
 * Options with a vendor's own codes (RFC 3925 section 4).
 *
 * @param enterpriseNumber IANA private enterprise number, unsigned 32 bits
 * @param options the vendor's options; at most 255 octets with their headers
 */
public record VendorIdentifyingOptions(long enterpriseNumber, Options options) {
  /** Refuses null. */
  public VendorIdentifyingOptions {
    Objects.requireNonNull(options);
  }

  static VendorIdentifyingOptions read(ByteReader in) {
    return new VendorIdentifyingOptions(in.u32(), OptionFraming.NARROW.decode(in.bytes(in.u8())));
  }

  Bytes encode() {
    Bytes encoded = OptionFraming.NARROW.encode(options);
    return new ByteWriter(5 + encoded.length())
        .u32(enterpriseNumber)
        .u8(encoded.length())
        .bytes(encoded)
        .toBytes();
  }
}
