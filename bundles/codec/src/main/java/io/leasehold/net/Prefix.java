// SPDX-License-Identifier: Apache-2.0
package io.leasehold.net;

/**
 * An IPv6 prefix, or an IPv4 prefix among the mapped addresses. The order is by address, then the
 * shorter prefix first.
 *
 * @param address the first address; bits beyond the length are zero
 * @param length the number of leading bits that count, 0 to 128
 */
public record Prefix(Ipv6 address, int length) implements Comparable<Prefix> {
  /** {@code ::/0}: every address. */
  public static final Prefix ALL = new Prefix(Ipv6.UNSPECIFIED, 0);

  /** How many bits all mapped IPv4 addresses share (RFC 4291 section 2.5.5.2). */
  private static final int MAPPED_LENGTH = 96;

  /** Refuses a length outside 0 to 128 and an address with bits set beyond it. */
  public Prefix {
    if (length < 0 || length > 128) {
      throw new IllegalArgumentException("prefix length " + length + " is not 0 to 128");
    }
    if ((address.high() & ~highMask(length)) != 0 || (address.low() & ~lowMask(length)) != 0) {
      throw new IllegalArgumentException(
          toText(address, length) + " has bits set beyond its length");
    }
  }

  /**
   * The prefix of an address; bits beyond the length are cleared.
   *
   * @throws IllegalArgumentException if the length is not 0 to 128
   */
  public static Prefix masked(Ipv6 address, int length) {
    if (length < 0 || length > 128) {
      throw new IllegalArgumentException("prefix length " + length + " is not 0 to 128");
    }
    return new Prefix(
        new Ipv6(address.high() & highMask(length), address.low() & lowMask(length)), length);
  }

  /**
   * The IPv4 prefix of an address as IPv6 holds it; bits beyond the length are cleared.
   *
   * @throws IllegalArgumentException if the length is not 0 to 32
   */
  public static Prefix mapped(Ipv4 address, int length) {
    if (length < 0 || length > Integer.SIZE) {
      throw new IllegalArgumentException("prefix length " + length + " is not 0 to 32");
    }
    return masked(Ipv6.mapped(address), MAPPED_LENGTH + length);
  }

  /**
   * Reads {@code address/length}. An IPv4 prefix becomes one among the mapped addresses: {@code
   * 10.0.0.0/24} is {@code ::ffff:10.0.0.0/120}.
   *
   * @throws IllegalArgumentException if the text is anything else, or has bits beyond the length
   */
  public static Prefix ofText(String text) {
    int slash = text.indexOf('/');
    if (!Ipv4.isText(text)) {
      return ofIpv6Text(text);
    }
    if (slash < 0 || text.length() - slash > 3 || !allDigits(text, slash + 1)) {
      throw new IllegalArgumentException("not an IPv4 prefix (address/length): " + text);
    }
    int length = Integer.parseInt(text.substring(slash + 1));
    Ipv6 address = Ipv6.mapped(Ipv4.ofText(text.substring(0, slash)));
    if (length > Integer.SIZE) {
      throw new IllegalArgumentException("prefix length " + length + " is not 0 to 32");
    }
    return new Prefix(address, MAPPED_LENGTH + length);
  }

  /**
   * Reads {@code address/length} of an IPv6 address and nothing else.
   *
   * @throws IllegalArgumentException if the text is anything else, or has bits beyond the length
   */
  public static Prefix ofIpv6Text(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || text.length() - slash > 4 || !allDigits(text, slash + 1)) {
      throw new IllegalArgumentException("not an IPv6 prefix (address/length): " + text);
    }
    return new Prefix(
        Ipv6.ofIpv6Text(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }

  private static boolean allDigits(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return from < text.length();
  }

  private static long highMask(int length) {
    return length >= 64 ? -1L : length == 0 ? 0 : -1L << 64 - length;
  }

  private static long lowMask(int length) {
    return length <= 64 ? 0 : -1L << 128 - length;
  }

  private static String toText(Ipv6 address, int length) {
    boolean ipv4 = address.isMapped() && length >= MAPPED_LENGTH;
    return ipv4 ? address + "/" + (length - MAPPED_LENGTH) : address.toIpv6Text() + "/" + length;
  }

  /** Whether the address starts with this prefix. */
  public boolean contains(Ipv6 candidate) {
    return ((candidate.high() ^ address.high()) & highMask(length)) == 0
        && ((candidate.low() ^ address.low()) & lowMask(length)) == 0;
  }

  /** Whether every address of the other prefix starts with this one; a prefix contains itself. */
  public boolean contains(Prefix other) {
    return other.length >= length && contains(other.address);
  }

  /** Whether some address starts with both prefixes. */
  public boolean overlaps(Prefix other) {
    return contains(other) || other.contains(this);
  }

  /** The lowest address. */
  public Ipv6 first() {
    return address;
  }

  /** The highest address. */
  public Ipv6 last() {
    return new Ipv6(address.high() | ~highMask(length), address.low() | ~lowMask(length));
  }

  /**
   * Written out because tables ask often: the method that a record gets is several times slower.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof Prefix that && length == that.length && address.equals(that.address);
  }

  /** As a record's, see {@link #equals}. */
  @Override
  public int hashCode() {
    return 31 * address.hashCode() + length;
  }

  @Override
  public int compareTo(Prefix other) {
    int order = address.compareTo(other.address);
    return order != 0 ? order : Integer.compare(length, other.length);
  }

  /** Whether this stands for an IPv4 prefix. */
  public boolean isMapped() {
    // The sixteen ones before an IPv4 address are only there if the length reaches beyond them.
    return address.isMapped();
  }

  /**
   * The length of the IPv4 prefix this stands for, 0 to 32.
   *
   * @throws IllegalStateException if it stands for none, see {@link #isMapped}
   */
  public int ipv4Length() {
    if (!isMapped()) {
      throw new IllegalStateException(this + " is not an IPv4 prefix");
    }
    return length - MAPPED_LENGTH;
  }

  /** {@code 2001:db8::/32} also for a mapped prefix: for what must be IPv6. */
  public String toIpv6Text() {
    return address.toIpv6Text() + "/" + length;
  }

  /** {@code 2001:db8::/32}, or {@code 192.0.2.0/24} if mapped. */
  @Override
  public String toString() {
    return toText(address, length);
  }
}
