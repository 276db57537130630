// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import io.leasehold.net.Bytes;

/**
 * Which pools: a pool handle of RFC 5354 section 3.9, in which each {@code *} stands for any octets
 * or none. There is no other special character; handles are compared octet by octet.
 *
 * @param text as configured, {@code dhcp6-*}
 */
public record PoolPattern(String text) {
  private static final int ANY = '*';

  /** Octets of the longest handle. */
  private static final int MOST_OCTETS = 255;

  /** Refuses what matches no handle. */
  public PoolPattern {
    int octets = Bytes.ofUtf8(text).length();
    if (octets == 0 || octets > MOST_OCTETS) {
      throw new IllegalArgumentException(
          "a pool has a name of 1 to 255 octets; * in it stands for any of them");
    }
  }

  /** Whether a handle is meant. The time is bounded by the product of both lengths. */
  public boolean matches(Bytes handle) {
    Bytes pattern = Bytes.ofUtf8(text);
    int at = 0;
    int in = 0;
    int star = -1;
    int afterStar = 0;
    while (at < handle.length()) {
      if (in < pattern.length() && pattern.at(in) == ANY) {
        star = in++;
        afterStar = at;
      } else if (in < pattern.length() && pattern.at(in) == handle.at(at)) {
        in++;
        at++;
      } else if (star >= 0) {
        in = star + 1;
        at = ++afterStar;
      } else {
        return false;
      }
    }
    while (in < pattern.length() && pattern.at(in) == ANY) {
      in++;
    }
    return in == pattern.length();
  }

  @Override
  public String toString() {
    return text;
  }
}
