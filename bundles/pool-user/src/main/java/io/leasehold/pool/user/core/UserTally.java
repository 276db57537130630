// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.core;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** Counters of a pool user. Any thread. */
final class UserTally {
  private final Map<UserCounter, LongAdder> counts = new EnumMap<>(UserCounter.class);

  UserTally() {
    for (UserCounter each : UserCounter.values()) {
      counts.put(each, new LongAdder());
    }
  }

  void count(UserCounter what) {
    counts.get(what).increment();
  }

  long of(UserCounter what) {
    return counts.get(what).sum();
  }

  /** By name. */
  Map<String, Long> values() {
    Map<String, Long> values = new TreeMap<>();
    counts.forEach((what, count) -> values.put(what.word(), count.sum()));
    return values;
  }
}
