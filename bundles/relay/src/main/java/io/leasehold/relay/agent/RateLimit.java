// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A bucket of tokens for each of a bounded number of senders; who has not sent for the longest time
 * is forgotten first, and begins with a full bucket again. Any thread.
 */
public final class RateLimit {
  private final double perMilli;
  private final double burst;
  private final Map<Object, Bucket> buckets;

  private static final class Bucket {
    private double tokens;
    private long millis;
  }

  /**
   * Limits senders.
   *
   * @param perSecond messages that each may send for long; 0 for no limit
   * @param burst messages that each may send at once
   * @param senders how many are remembered at most
   */
  public RateLimit(int perSecond, int burst, int senders) {
    this.perMilli = perSecond / 1000.0;
    this.burst = Math.max(1, burst);
    this.buckets =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Object, Bucket> eldest) {
            return size() > senders;
          }
        };
  }

  /** Takes a token of a sender; false if there is none. */
  public boolean admits(Object sender, long nowMillis) {
    if (perMilli == 0) {
      return true;
    }
    // A few loads and stores; handing them to another thread would cost more than waiting.
    synchronized (buckets) {
      Bucket bucket = buckets.computeIfAbsent(sender, unused -> full(nowMillis));
      long passed = Math.max(0, nowMillis - bucket.millis);
      bucket.tokens = Math.min(burst, bucket.tokens + passed * perMilli);
      bucket.millis = nowMillis;
      if (bucket.tokens < 1) {
        return false;
      }
      bucket.tokens -= 1;
      return true;
    }
  }

  private Bucket full(long nowMillis) {
    Bucket bucket = new Bucket();
    bucket.tokens = burst;
    bucket.millis = nowMillis;
    return bucket;
  }

  /** How many senders are remembered. */
  int senders() {
    synchronized (buckets) {
      return buckets.size();
    }
  }
}
