// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;
import java.util.Objects;

/**
 * Options with a vendor's own codes (RFC 8415 section 21.17).
 *
 * @param enterpriseNumber IANA private enterprise number, unsigned 32 bits
 * @param options the vendor's options
 */
public record VendorOptions(long enterpriseNumber, Options options) {
  /** Refuses a number that does not fit 32 bits. */
  public VendorOptions {
    Lifetimes.check(enterpriseNumber);
    Objects.requireNonNull(options);
  }

  static VendorOptions decode(Bytes value) {
    ByteReader in = new ByteReader(value);
    return new VendorOptions(in.u32(), Options.decode(in.rest()));
  }

  Bytes encode() {
    ByteWriter out = new ByteWriter(4 + options.encodedLength()).u32(enterpriseNumber);
    options.encode(out);
    return out.toBytes();
  }
}
