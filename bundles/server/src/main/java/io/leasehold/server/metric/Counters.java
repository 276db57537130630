// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.metric;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Named counters that only grow. Any thread. Names are constants of the code, never input, so that
 * the map stays small.
 */
public final class Counters {
  private final Map<String, LongAdder> adders = new ConcurrentHashMap<>();

  /** Has these counters from now on, at zero if they have not counted yet. */
  public void declare(Stream<String> names) {
    names.forEach(name -> add(name, 0));
  }

  /** Adds one. */
  public void count(String name) {
    add(name, 1);
  }

  /** Adds {@code n}. */
  public void add(String name, long n) {
    LongAdder adder = adders.get(name);
    if (adder == null) {
      adder = adders.computeIfAbsent(name, k -> new LongAdder());
    }
    adder.add(n);
  }

  /** One value; 0 if it has not counted yet. */
  public long of(String name) {
    LongAdder adder = adders.get(name);
    return adder == null ? 0 : adder.sum();
  }

  /** All values by name, sorted. */
  public Map<String, Long> snapshot() {
    Map<String, Long> values = new TreeMap<>();
    adders.forEach((name, adder) -> values.put(name, adder.sum()));
    return values;
  }
}
