// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec;

import io.leasehold.net.Bytes;
import java.util.Random;

/** Random octets and numbers. */
public class RandomOctets {
  protected final Random random;

  protected RandomOctets(long seed) {
    this.random = new Random(seed);
  }

  public final Bytes octets(int minLength, int maxLength) {
    byte[] octets = new byte[minLength + random.nextInt(maxLength - minLength + 1)];
    random.nextBytes(octets);
    return Bytes.wrap(octets);
  }

  public final int below(int bound) {
    return random.nextInt(bound);
  }

  protected final long u32() {
    return random.nextLong() & 0xffff_ffffL;
  }
}
