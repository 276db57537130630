// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import java.util.Objects;

/**
 * An address within an identity association (RFC 8415 section 21.6).
 *
 * @param address the address; unspecified when a client only asks for lifetimes
 * @param preferredSeconds preferred lifetime, unsigned 32 bits
 * @param validSeconds valid lifetime, unsigned 32 bits
 * @param options a status among others
 */
public record IaAddress(Ipv6 address, long preferredSeconds, long validSeconds, Options options)
    implements OptionHolder {
  /** Refuses numbers that do not fit 32 bits. */
  public IaAddress {
    Objects.requireNonNull(address);
    Lifetimes.check(preferredSeconds, validSeconds);
  }

  static IaAddress decode(Bytes value) {
    ByteReader in = new ByteReader(value);
    return new IaAddress(in.ipv6(), in.u32(), in.u32(), Options.decode(in.rest()));
  }

  Bytes encode() {
    ByteWriter out = new ByteWriter(24 + options.encodedLength());
    out.ipv6(address).u32(preferredSeconds).u32(validSeconds);
    options.encode(out);
    return out.toBytes();
  }
}
