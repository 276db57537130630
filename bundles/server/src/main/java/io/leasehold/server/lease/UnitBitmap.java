// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.server.memory.OffHeap;
import io.leasehold.server.memory.Pages;

/**
 * The used units of a pool that is not too large to have a bit for each, outside the heap and only
 * where units were used, with counts by which the n-th free unit is found in logarithmic time.
 * Owner: the lane's thread.
 */
final class UnitBitmap {
  /** Units of one count. */
  private static final int BLOCK = 512;

  private static final int BLOCK_SHIFT = 9;

  /** Units of one page. */
  private static final int PAGE_SHIFT = 19;

  private final int units;
  private final Pages pages;

  /** Used units, in the form of a Fenwick tree; null until one is. */
  private int[] counts;

  private long probes;

  UnitBitmap(int units, OffHeap memory) {
    this.units = units;
    this.pages = new Pages(memory);
  }

  boolean contains(long unit) {
    return (word((int) unit >>> 6) & 1L << unit) != 0;
  }

  private long word(int index) {
    int page = index >>> PAGE_SHIFT - 6;
    return pages.has(page) ? pages.page(page).getLong(at(index)) : 0;
  }

  private static int at(int index) {
    return (index & (1 << PAGE_SHIFT - 6) - 1) * Long.BYTES;
  }

  /** Sets whether a unit is used; false if it was so. */
  boolean set(long unit, boolean used) {
    int index = (int) unit >>> 6;
    long before = word(index);
    long after = used ? before | 1L << unit : before & ~(1L << unit);
    if (before == after) {
      return false;
    }
    open(index >>> PAGE_SHIFT - 6);
    pages.page(index >>> PAGE_SHIFT - 6).putLong(at(index), after);
    count((int) (unit >>> BLOCK_SHIFT), used ? 1 : -1);
    return true;
  }

  private void open(int page) {
    if (pages.has(page)) {
      return;
    }
    int octets = Math.min(OffHeap.PAGE, (units + 63 >>> 6) * Long.BYTES);
    if (units <= 1 << PAGE_SHIFT) {
      pages.ensure(octets);
    } else {
      pages.open(page);
    }
    for (int at = 0; at < octets; at += Long.BYTES) {
      pages.page(page).putLong(at, 0);
    }
  }

  private void count(int block, int by) {
    if (counts == null) {
      counts = new int[(units + BLOCK - 1 >>> BLOCK_SHIFT) + 1];
      // What would fill the last block counts as used.
      int missing = (counts.length - 1 << BLOCK_SHIFT) - units;
      if (missing > 0) {
        count(counts.length - 2, missing);
      }
    }
    for (int at = block + 1; at < counts.length; at += at & -at) {
      counts[at] += by;
      probes++;
    }
  }

  /** The free unit that has so many free ones before it. */
  long free(long before) {
    if (counts == null) {
      return before;
    }
    long left = before;
    int block = 0;
    for (int step = Integer.highestOneBit(counts.length - 1); step > 0; step >>= 1) {
      probes++;
      int next = block + step;
      long free = next < counts.length ? (long) step * BLOCK - counts[next] : Long.MAX_VALUE;
      if (left >= free) {
        left -= free;
        block = next;
      }
    }
    int index = block << BLOCK_SHIFT - 6;
    long bits = ~word(index);
    while (left >= Long.bitCount(bits)) {
      left -= Long.bitCount(bits);
      bits = ~word(++index);
      probes++;
    }
    for (; left > 0; left--) {
      bits &= bits - 1;
    }
    return ((long) index << 6) + Long.numberOfTrailingZeros(bits);
  }

  /** How many counts and words were looked at since the beginning. */
  long probes() {
    return probes;
  }

  /** Gives all memory back. */
  void clear() {
    pages.trim(0);
    counts = null;
  }
}
