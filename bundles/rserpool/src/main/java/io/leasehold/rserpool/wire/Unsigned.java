// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire;

/** Numbers without a sign. */
public final class Unsigned {
  /** The largest number of 32 bits. */
  public static final long MAX_U32 = 0xffff_ffffL;

  private Unsigned() {}

  /**
   * The number itself.
   *
   * @throws IllegalArgumentException if it does not fit in 32 bits
   */
  public static long u32(long value, String what) {
    if (value < 0 || value > MAX_U32) {
      throw new IllegalArgumentException(what + " " + value + " is not 0 to " + MAX_U32);
    }
    return value;
  }

  /**
   * The number itself.
   *
   * @throws IllegalArgumentException if it does not fit in 16 bits
   */
  public static int u16(int value, String what) {
    if (value < 0 || value > 0xffff) {
      throw new IllegalArgumentException(what + " " + value + " is not 0 to 65535");
    }
    return value;
  }

  /** {@code 0x0a0b0c0d}: identifiers as operators see them. */
  public static String hex(long value) {
    return String.format("0x%08x", value);
  }
}
