// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

/** Option codes from 0 to 255 that have been met. */
final class CodeSet {
  private final long[] bits = new long[4];

  /** Adds the code; returns whether it was new. */
  boolean add(int code) {
    long bit = 1L << code;
    boolean isNew = (bits[code >> 6] & bit) == 0;
    bits[code >> 6] |= bit;
    return isNew;
  }

  boolean contains(int code) {
    return (bits[code >> 6] & 1L << code) != 0;
  }
}
