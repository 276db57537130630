// SPDX-License-Identifier: Apache-2.0
package io.leasehold.jmh;

/** Numbers in an order that no cache foresees, the same in each run. One thread. */
final class Order {
  private long state = 0x9e37_79b9_7f4a_7c15L;

  /** The next number, from 0 to below a limit. */
  int next(int limit) {
    state ^= state << 13;
    state ^= state >>> 7;
    state ^= state << 17;
    return (int) ((state >>> 33) % limit);
  }
}
