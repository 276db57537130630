// SPDX-License-Identifier: Apache-2.0
package io.leasehold.net;

/**
 * A link-layer address.
 *
 * @param type hardware type from the ARP registry, 0 to 65535
 * @param address 1 to 255 octets
 */
public record HardwareAddress(int type, Bytes address) implements Comparable<HardwareAddress> {
  /** Hardware type of Ethernet. */
  public static final int ETHERNET = 1;

  /** The most octets of an address. */
  public static final int MAX_LENGTH = 255;

  /** Refuses a type that does not fit 16 bits, no octets, and more than 255. */
  public HardwareAddress {
    if ((type & ~0xffff) != 0) {
      throw new IllegalArgumentException("hardware type " + type + " is not 0 to 65535");
    }
    if (address.isEmpty() || address.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a hardware address has 1 to 255 octets, not " + address.length());
    }
  }

  /**
   * Reads an Ethernet address, {@code 00:11:22:33:44:55}; colons may be left out, and other lengths
   * are accepted.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static HardwareAddress ofText(String text) {
    return new HardwareAddress(ETHERNET, Bytes.ofHex(text));
  }

  /** By type, then by unsigned octets. */
  @Override
  public int compareTo(HardwareAddress other) {
    int order = Integer.compare(type, other.type);
    return order != 0 ? order : address.compareTo(other.address);
  }

  /** The address in hexadecimal digits with colons; the type is left out. */
  @Override
  public String toString() {
    return address.toHex(":");
  }
}
