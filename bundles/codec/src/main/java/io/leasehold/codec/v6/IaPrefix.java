// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.util.Objects;

/**
 * A prefix within an identity association for prefix delegation (RFC 8415 section 21.22).
 *
 * @param prefix the prefix; {@code ::/length} when a client only asks for a length. Bits that a
 *     sender set beyond the length are dropped
 * @param preferredSeconds preferred lifetime, unsigned 32 bits
 * @param validSeconds valid lifetime, unsigned 32 bits
 * @param options a status or an excluded prefix among others
 */
public record IaPrefix(Prefix prefix, long preferredSeconds, long validSeconds, Options options)
    implements OptionHolder {
  private static final int MAX_PREFIX_LENGTH = 128;

  /** Refuses numbers that do not fit 32 bits. */
  public IaPrefix {
    Objects.requireNonNull(prefix);
    Lifetimes.check(preferredSeconds, validSeconds);
  }

  static IaPrefix decode(Bytes value) {
    ByteReader in = new ByteReader(value);
    long preferred = in.u32();
    long valid = in.u32();
    int length = in.u8();
    if (length > MAX_PREFIX_LENGTH) {
      throw new MalformedPacketException(MalformedReason.PREFIX_LENGTH, value.sourceOffset() + 8);
    }
    Ipv6 address = in.ipv6();
    return new IaPrefix(
        Prefix.masked(address, length), preferred, valid, Options.decode(in.rest()));
  }

  Bytes encode() {
    ByteWriter out = new ByteWriter(25 + options.encodedLength());
    out.u32(preferredSeconds).u32(validSeconds).u8(prefix.length()).ipv6(prefix.address());
    options.encode(out);
    return out.toBytes();
  }
}
