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

  /** 255.255.255.255: everybody on the link. */
  public static final Ipv4 BROADCAST = new Ipv4(-1);

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

  /** Whether the text could only be an IPv4 address. */
  static boolean isText(String text) {
    return text.indexOf('.') > 0 && text.indexOf(':') < 0;
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

  /**
   * The mask whose leading bits are ones, 255.255.255.0 for 24.
   *
   * @throws IllegalArgumentException if the length is not 0 to 32
   */
  public static Ipv4 mask(int length) {
    if (length < 0 || length > Integer.SIZE) {
      throw new IllegalArgumentException("prefix length " + length + " is not 0 to 32");
    }
    return new Ipv4(length == 0 ? 0 : -1 << Integer.SIZE - length);
  }

  /** Whether this is 0.0.0.0. */
  public boolean isUnspecified() {
    return value == 0;
  }

  /** Whether this is 255.255.255.255. */
  public boolean isBroadcast() {
    return value == -1;
  }

  /** Whether this is in 127.0.0.0/8. */
  public boolean isLoopback() {
    return value >>> 24 == 127;
  }

  /** Whether this is in 169.254.0.0/16 (RFC 3927). */
  public boolean isLinkLocal() {
    return value >>> 16 == 0xa9fe;
  }

  /** Whether this is in 224.0.0.0/4. */
  public boolean isMulticast() {
    return value >>> 28 == 0xe;
  }

  /** The address as four octets. */
  public Bytes bytes() {
    byte[] octets = new byte[4];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) (value >>> 24 - 8 * i);
    }
    return Bytes.wrap(octets);
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
