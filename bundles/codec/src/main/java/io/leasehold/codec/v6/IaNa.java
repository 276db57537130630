// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;

/**
 * An identity association for non-temporary addresses (RFC 8415 section 21.4).
 *
 * @param iaid unique among the client's associations of this kind; 32 bits, unsigned
 * @param t1Seconds when to renew, unsigned; 0 leaves it to the client
 * @param t2Seconds when to rebind, unsigned; 0 leaves it to the client
 * @param options addresses and status among others
 */
public record IaNa(long iaid, long t1Seconds, long t2Seconds, Options options)
    implements OptionHolder {
  static final int HEADER_LENGTH = 12;

  /** Refuses numbers that do not fit 32 bits. */
  public IaNa {
    Lifetimes.check(iaid, t1Seconds, t2Seconds);
  }

  static IaNa decode(Bytes value) {
    ByteReader in = new ByteReader(value);
    return new IaNa(in.u32(), in.u32(), in.u32(), Options.decode(in.rest()));
  }

  Bytes encode() {
    ByteWriter out = new ByteWriter(HEADER_LENGTH + options.encodedLength());
    out.u32(iaid).u32(t1Seconds).u32(t2Seconds);
    options.encode(out);
    return out.toBytes();
  }
}
