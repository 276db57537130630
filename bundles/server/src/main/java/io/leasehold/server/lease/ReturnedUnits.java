// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.net.Ipv6;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Units whose clients are remembered, in the order in which they came back. Lives while a pool is
 * opened.
 */
final class ReturnedUnits {
  private static final int INDEX_BITS = 28;
  private static final long MOST_SECONDS = (1L << Long.SIZE - 1 - INDEX_BITS) - 1;

  private long[] high = new long[0];
  private long[] low = new long[0];

  /** When it came back in the upper bits, its number in the lower ones. */
  private long[] order = new long[0];

  private int count;
  private boolean sorted;
  private int given;

  void add(long since, Ipv6 address) {
    if (count == high.length) {
      int capacity = Math.max(16, count * 2);
      high = Arrays.copyOf(high, capacity);
      low = Arrays.copyOf(low, capacity);
      order = Arrays.copyOf(order, capacity);
    }
    high[count] = address.high();
    low[count] = address.low();
    order[count] = Math.max(0, Math.min(since, MOST_SECONDS)) << INDEX_BITS | count;
    count++;
  }

  /** Gives at most so many more, those that came back first before the others; how many. */
  int give(int most, Consumer<Ipv6> taker) {
    if (!sorted) {
      Arrays.sort(order, 0, count);
      sorted = true;
    }
    int end = (int) Math.min(count, (long) given + most);
    int begin = given;
    for (; given < end; given++) {
      int at = (int) (order[given] & (1 << INDEX_BITS) - 1);
      taker.accept(new Ipv6(high[at], low[at]));
    }
    return end - begin;
  }

  /** Whether all were given. */
  boolean areGiven() {
    return given == count;
  }

  /** All are given once more. */
  void rewind() {
    given = 0;
  }
}
