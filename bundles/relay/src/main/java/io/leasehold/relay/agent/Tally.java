// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counters of a relay agent by name. Names are constants of the code, never input. Any thread. */
public final class Tally {
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  /** Shows counters from now on, at zero. */
  public void declare(DropReason... reasons) {
    for (DropReason reason : reasons) {
      counter(reason.counter());
    }
  }

  /** Adds one. */
  public void count(String name) {
    counter(name).increment();
  }

  /** Adds one. */
  public void count(DropReason reason) {
    count(reason.counter());
  }

  private LongAdder counter(String name) {
    LongAdder there = counts.get(name);
    return there != null ? there : counts.computeIfAbsent(name, unused -> new LongAdder());
  }

  /** How it stands, sorted by name. */
  public Map<String, Long> values() {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach((name, count) -> sums.put(name, count.sum()));
    return sums;
  }
}
