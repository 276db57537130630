// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.importing;

import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** A range of prefixes of one length, as {@code prefix6} has it. */
final class PrefixRange {
  private static final int BITS = 128;

  private PrefixRange() {}

  /**
   * The fewest prefixes that have the range between them.
   *
   * @throws IllegalArgumentException if it is no range of prefixes of the length
   */
  static List<Prefix> blocks(Ipv6 first, Ipv6 last, int length) {
    if (length < 1 || length > BITS || last.compareTo(first) < 0) {
      throw new IllegalArgumentException("that is no range of prefixes");
    }
    int shift = BITS - length;
    BigInteger at = first.toBigInteger().shiftRight(shift);
    BigInteger end = last.toBigInteger().shiftRight(shift);
    if (!at.shiftLeft(shift).equals(first.toBigInteger())) {
      throw new IllegalArgumentException(first + " is no prefix of " + length + " bits");
    }
    List<Prefix> blocks = new ArrayList<>();
    while (at.compareTo(end) <= 0) {
      BigInteger left = end.subtract(at).add(BigInteger.ONE);
      int bits = Math.min(left.bitLength() - 1, length);
      bits = at.signum() == 0 ? bits : Math.min(bits, at.getLowestSetBit());
      blocks.add(new Prefix(Ipv6.of(at.shiftLeft(shift)), length - bits));
      at = at.add(BigInteger.ONE.shiftLeft(bits));
    }
    return blocks;
  }
}
