// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;

/**
 * An identity association for temporary addresses (RFC 8415 section 21.5). Obsolete since RFC 9915:
 * it is read, never sent.
 *
 * @param iaid unique among the client's associations of this kind; 32 bits, unsigned
 * @param options addresses and status among others
 */
public record IaTa(long iaid, Options options) implements OptionHolder {
  /** Refuses a number that does not fit 32 bits. */
  public IaTa {
    Lifetimes.check(iaid);
  }

  static IaTa decode(Bytes value) {
    ByteReader in = new ByteReader(value);
    return new IaTa(in.u32(), Options.decode(in.rest()));
  }

  Bytes encode() {
    ByteWriter out = new ByteWriter(4 + options.encodedLength()).u32(iaid);
    options.encode(out);
    return out.toBytes();
  }
}
