// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

/** Times in DHCPv6: seconds in 32 bits without a sign (RFC 8415 section 7.7). */
public final class Lifetimes {
  /** The value that means for ever. */
  public static final long INFINITY_SECONDS = 0xffff_ffffL;

  private Lifetimes() {}

  static void check(long a) {
    if (a < 0 || a > INFINITY_SECONDS) {
      throw new IllegalArgumentException(a + " does not fit 32 bits");
    }
  }

  static void check(long a, long b) {
    check(a);
    check(b);
  }

  static void check(long a, long b, long c) {
    check(a);
    check(b);
    check(c);
  }
}
