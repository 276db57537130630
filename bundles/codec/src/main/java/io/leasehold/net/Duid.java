// SPDX-License-Identifier: Apache-2.0
package io.leasehold.net;

/**
 * A DHCP unique identifier: an opaque key that is only compared for equality (RFC 8415 section 11).
 *
 * @param value 1 to 130 octets, the type code included
 */
public record Duid(Bytes value) implements Comparable<Duid> {
  /** Two octets of type and at most 128 more (RFC 8415 section 11.1). */
  public static final int MAX_LENGTH = 130;

  /** Refuses no octets and more than {@link #MAX_LENGTH}. */
  public Duid {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a DUID has 1 to " + MAX_LENGTH + " octets, not " + value.length());
    }
  }

  /**
   * Reads hexadecimal digits, with or without colons.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static Duid ofText(String text) {
    return new Duid(Bytes.ofHex(text));
  }

  /** Unsigned lexicographic order. */
  @Override
  public int compareTo(Duid other) {
    return value.compareTo(other.value);
  }

  /** Hexadecimal digits with colons, as logs of other servers write it. */
  @Override
  public String toString() {
    return value.toHex(":");
  }
}
