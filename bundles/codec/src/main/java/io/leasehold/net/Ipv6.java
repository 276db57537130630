// SPDX-License-Identifier: Apache-2.0
package io.leasehold.net;

import java.math.BigInteger;

/**
 * An IPv6 address, or an IPv4 address in the form that stands for one (RFC 4291 section 2.5.5.2),
 * so that both families share tables and keys. The order is unsigned.
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 */
public record Ipv6(long high, long low) implements Comparable<Ipv6> {
  /** The unspecified address, {@code ::}. */
  public static final Ipv6 UNSPECIFIED = new Ipv6(0, 0);

  private static final long MAPPED_BITS = 0xffff;

  /**
   * Reads any text form of RFC 4291 section 2.2, and an IPv4 address, which becomes a mapped one.
   * Zones ({@code %eth0}) are refused.
   *
   * @throws IllegalArgumentException if the text is not an address; names are never resolved
   */
  public static Ipv6 ofText(String text) {
    return Ipv4.isText(text) ? mapped(Ipv4.ofText(text)) : Ipv6Text.parse(text);
  }

  /**
   * Reads any text form of RFC 4291 section 2.2 and nothing else: for what must be IPv6.
   *
   * @throws IllegalArgumentException if the text is not an address; names are never resolved
   */
  public static Ipv6 ofIpv6Text(String text) {
    return Ipv6Text.parse(text);
  }

  /** The IPv4 address as {@code ::ffff:0:0/96} holds it. */
  public static Ipv6 mapped(Ipv4 address) {
    return new Ipv6(0, MAPPED_BITS << 32 | address.value() & 0xffff_ffffL);
  }

  /**
   * The address in sixteen octets.
   *
   * @throws IllegalArgumentException if there are not sixteen
   */
  public static Ipv6 of(Bytes octets) {
    if (octets.length() != 16) {
      throw new IllegalArgumentException("an IPv6 address has 16 octets, not " + octets.length());
    }
    return new Ipv6(octets.i64(0), octets.i64(8));
  }

  /**
   * The address whose unsigned value is given.
   *
   * @throws IllegalArgumentException if it is negative or has more than 128 bits
   */
  public static Ipv6 of(BigInteger value) {
    if (value.signum() < 0 || value.bitLength() > 128) {
      throw new IllegalArgumentException("not 128 bits: " + value);
    }
    return new Ipv6(value.shiftRight(64).longValue(), value.longValue());
  }

  /** This address as an unsigned number. */
  public BigInteger toBigInteger() {
    return new BigInteger(1, bytes().toArray());
  }

  /** The address {@code count} (unsigned) further on, modulo 2^128. */
  public Ipv6 plus(long count) {
    long sum = low + count;
    return new Ipv6(Long.compareUnsigned(sum, low) < 0 ? high + 1 : high, sum);
  }

  /** The following address; after the last one comes {@code ::}. */
  public Ipv6 next() {
    return plus(1);
  }

  /** The preceding address; before {@code ::} comes the last one. */
  public Ipv6 previous() {
    return new Ipv6(low == 0 ? high - 1 : high, low - 1);
  }

  /** How far this address is after the other one; negative if before. */
  public BigInteger minus(Ipv6 other) {
    return toBigInteger().subtract(other.toBigInteger());
  }

  /** The first {@code length} bits as a prefix; the other bits are cleared. */
  public Prefix prefix(int length) {
    return Prefix.masked(this, length);
  }

  /** Whether this stands for an IPv4 address. */
  public boolean isMapped() {
    return high == 0 && low >>> 32 == MAPPED_BITS;
  }

  /**
   * The IPv4 address this stands for.
   *
   * @throws IllegalStateException if it stands for none, see {@link #isMapped}
   */
  public Ipv4 toIpv4() {
    if (!isMapped()) {
      throw new IllegalStateException(this + " is not an IPv4 address");
    }
    return new Ipv4((int) low);
  }

  /** Whether this is {@code ::}. */
  public boolean isUnspecified() {
    return high == 0 && low == 0;
  }

  /** Whether this is {@code ::1}. */
  public boolean isLoopback() {
    return high == 0 && low == 1;
  }

  /** Whether this is in {@code fe80::/10}. */
  public boolean isLinkLocal() {
    return high >>> 54 == 0xfe80 >>> 6;
  }

  /** Whether this is in {@code ff00::/8}. */
  public boolean isMulticast() {
    return high >>> 56 == 0xff;
  }

  /**
   * Written out because tables ask often: the method that a record gets is several times slower.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof Ipv6 that && high == that.high && low == that.low;
  }

  /** As a record's, see {@link #equals}. */
  @Override
  public int hashCode() {
    return 31 * Long.hashCode(high) + Long.hashCode(low);
  }

  /** The address as sixteen octets. */
  public Bytes bytes() {
    byte[] octets = new byte[16];
    for (int i = 0; i < 8; i++) {
      octets[i] = (byte) (high >>> 56 - 8 * i);
      octets[i + 8] = (byte) (low >>> 56 - 8 * i);
    }
    return Bytes.wrap(octets);
  }

  @Override
  public int compareTo(Ipv6 other) {
    int order = Long.compareUnsigned(high, other.high);
    return order != 0 ? order : Long.compareUnsigned(low, other.low);
  }

  /**
   * The text form RFC 5952 recommends, {@code ::ffff:192.0.2.1} for a mapped address: for what must
   * be IPv6.
   */
  public String toIpv6Text() {
    return Ipv6Text.format(this);
  }

  /** What operators know the address by: dotted decimal if mapped, else as RFC 5952 recommends. */
  @Override
  public String toString() {
    return isMapped() ? toIpv4().toString() : toIpv6Text();
  }
}
