// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** One timer for every slot, of a millisecond's precision and at most a minute. */
final class Timers {
  static final long LONGEST_MILLIS = 65_000;
  private static final int BUCKETS = 1 << 16;
  private static final long MILLISECOND = 1_000_000;

  private final int[] heads = new int[BUCKETS];
  private final int[] next;
  private final int[] previous;
  private final int[] bucket;
  private final long origin;
  private long passedMillis;

  Timers(int slots, long nowNanos) {
    Arrays.fill(heads, -1);
    next = new int[slots];
    previous = new int[slots];
    bucket = new int[slots];
    Arrays.fill(bucket, -1);
    origin = nowNanos;
  }

  /** Sets the timer of a slot anew. */
  void set(int slot, long atNanos) {
    cancel(slot);
    long millis = (atNanos - origin + MILLISECOND - 1) / MILLISECOND;
    millis = Math.max(passedMillis + 1, Math.min(passedMillis + LONGEST_MILLIS, millis));
    int index = (int) (millis & BUCKETS - 1);
    int head = heads[index];
    next[slot] = head;
    previous[slot] = -1;
    if (head >= 0) {
      previous[head] = slot;
    }
    heads[index] = slot;
    bucket[slot] = index;
  }

  void cancel(int slot) {
    int index = bucket[slot];
    if (index < 0) {
      return;
    }
    bucket[slot] = -1;
    if (previous[slot] >= 0) {
      next[previous[slot]] = next[slot];
    } else {
      heads[index] = next[slot];
    }
    if (next[slot] >= 0) {
      previous[next[slot]] = previous[slot];
    }
  }

  /** Tells the slots whose time has come. The listener may set timers. */
  void advance(long nowNanos, IntConsumer due) {
    long nowMillis = (nowNanos - origin) / MILLISECOND;
    while (passedMillis < nowMillis) {
      passedMillis++;
      int index = (int) (passedMillis & BUCKETS - 1);
      while (heads[index] >= 0) {
        int slot = heads[index];
        cancel(slot);
        due.accept(slot);
      }
    }
  }
}
