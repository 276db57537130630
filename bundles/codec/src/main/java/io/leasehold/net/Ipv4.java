// SPDX-License-Identifier: Apache-2.0
package io.leasehold.net;

/**
 * An IPv4 address.
 *
 * @param value the address in network byte order, as the bits of an {@code int}
 */
public record Ipv4(int value) implements Comparable<Ipv4> {
  /** 0.0.0.0. */
  public static final Ipv4 UNSPECIFIED = new Ipv4(0);

  /**
   * Reads four decimal numbers with dots.
   *
   * @throws IllegalArgumentException if the text is anything else; names are never resolved
   */
  public static Ipv4 ofText(String text) {
    int value = 0;
    int at = 0;
    for (int octet = 0; octet < 4; octet++) {
      int end = octet == 3 ? text.length() : text.indexOf('.', at);
      value = value << 8 | octet(text, at, end);
      at = end + 1;
    }
    return new Ipv4(value);
  }

  private static int octet(String text, int from, int to) {
    int value = to <= from || to - from > 3 ? 256 : 0;
    for (int i = from; i < to && value < 256; i++) {
      char c = text.charAt(i);
      value = c < '0' || c > '9' ? 256 : value * 10 + (c - '0');
    }
    if (value > 255) {
      throw new IllegalArgumentException("not an IPv4 address: " + text);
    }
    return value;
  }

  /**
   * The address in four octets.
   *
   * @throws IllegalArgumentException if there are not four
   */
  public static Ipv4 of(Bytes octets) {
    if (octets.length() != 4) {
      throw new IllegalArgumentException("an IPv4 address has 4 octets, not " + octets.length());
    }
    return new Ipv4((int) octets.u32(0));
  }

  /** The address as four octets. */
  public Bytes bytes() {
    return Bytes.of(value >>> 24, value >>> 16 & 0xff, value >>> 8 & 0xff, value & 0xff);
  }

  /** Unsigned order. */
  @Override
  public int compareTo(Ipv4 other) {
    return Integer.compareUnsigned(value, other.value);
  }

  /** Dotted decimal. */
  @Override
  public String toString() {
    return (value >>> 24)
        + "."
        + (value >>> 16 & 0xff)
        + "."
        + (value >>> 8 & 0xff)
        + "."
        + (value & 0xff);
  }
}
