// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.util.Objects;

/**
 * The one prefix that a requesting router must not use out of what it was delegated (RFC 6603
 * section 4.2). It is expressed relative to the delegated prefix.
 *
 * @param length length of the excluded prefix, 1 to 128
 * @param subnetId the bits that follow the delegated prefix, left-aligned, in 1 to 16 octets
 */
public record PdExclude(int length, Bytes subnetId) {
  private static final int ADDRESS_BITS = 128;

  /** Refuses a length outside 1 to 128 and subnet bits that are not 1 to 16 octets. */
  public PdExclude {
    Objects.requireNonNull(subnetId);
    if (length < 1 || length > ADDRESS_BITS) {
      throw new IllegalArgumentException("prefix length " + length + " is not 1 to 128");
    }
    if (subnetId.isEmpty() || subnetId.length() > ADDRESS_BITS / 8) {
      throw new IllegalArgumentException(subnetId.length() + " octets of subnet, not 1 to 16");
    }
  }

  /**
   * Expresses a prefix within the delegated one.
   *
   * @throws IllegalArgumentException if it is not a longer prefix inside
   */
  public static PdExclude of(Prefix delegated, Prefix excluded) {
    if (!delegated.contains(excluded) || excluded.length() == delegated.length()) {
      throw new IllegalArgumentException(excluded + " is not a part of " + delegated);
    }
    int bits = excluded.length() - delegated.length();
    Ipv6 aligned = shiftLeft(excluded.address(), delegated.length());
    return new PdExclude(excluded.length(), aligned.bytes().slice(0, (bits + 7) / 8));
  }

  /**
   * The excluded prefix within the delegated one.
   *
   * @throws IllegalArgumentException if the length or the number of octets does not fit it
   */
  public Prefix within(Prefix delegated) {
    int bits = length - delegated.length();
    if (bits < 1 || subnetId.length() != (bits + 7) / 8) {
      throw new IllegalArgumentException(
          "an excluded /" + length + " of " + subnetId.length() + " octets is not in " + delegated);
    }
    byte[] octets = new byte[16];
    subnetId.copyTo(octets, 0);
    Ipv6 low = shiftRight(Ipv6.of(Bytes.wrap(octets)), delegated.length());
    Ipv6 address = delegated.address();
    return new Ipv6(address.high() | low.high(), address.low() | low.low()).prefix(length);
  }

  private static Ipv6 shiftLeft(Ipv6 value, int bits) {
    if (bits == 0) {
      return value;
    }
    return bits >= 64
        ? new Ipv6(value.low() << bits - 64, 0)
        : new Ipv6(value.high() << bits | value.low() >>> 64 - bits, value.low() << bits);
  }

  private static Ipv6 shiftRight(Ipv6 value, int bits) {
    if (bits == 0) {
      return value;
    }
    return bits >= 64
        ? new Ipv6(0, value.high() >>> bits - 64)
        : new Ipv6(value.high() >>> bits, value.low() >>> bits | value.high() << 64 - bits);
  }

  static PdExclude decode(Bytes value) {
    ByteReader in = new ByteReader(value);
    int length = in.u8();
    if (length < 1 || length > ADDRESS_BITS) {
      throw new MalformedPacketException(MalformedReason.PREFIX_LENGTH, value.sourceOffset());
    }
    if (in.remaining() > ADDRESS_BITS / 8) {
      throw in.malformed(MalformedReason.VALUE_TOO_LONG);
    }
    if (!in.hasRemaining()) {
      throw in.malformed(MalformedReason.TRUNCATED);
    }
    return new PdExclude(length, in.rest());
  }

  Bytes encode() {
    return new ByteWriter(1 + subnetId.length()).u8(length).bytes(subnetId).toBytes();
  }
}
