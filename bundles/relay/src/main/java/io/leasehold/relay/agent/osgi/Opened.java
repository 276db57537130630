// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.osgi;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What is open, by what it was opened for. What is still wanted stays open as it is. Changed by one
 * thread at a time, read by any.
 */
final class Opened<K, V> {
  private final BiConsumer<K, V> close;
  private volatile Map<K, V> open = Map.of();

  Opened(BiConsumer<K, V> close) {
    this.close = close;
  }

  /** Closes what is not wanted any more, then opens what is new. */
  void want(Collection<K> wanted, Function<K, V> opener) {
    Map<K, V> before = open;
    Map<K, V> after = new LinkedHashMap<>();
    before.forEach(
        (key, value) -> {
          if (wanted.contains(key)) {
            after.put(key, value);
          }
        });
    open = new LinkedHashMap<>(after);
    before.forEach(
        (key, value) -> {
          if (!after.containsKey(key)) {
            close.accept(key, value);
          }
        });
    for (K key : wanted) {
      after.computeIfAbsent(key, opener);
    }
    open = after;
  }

  /** What is open for a key; null if nothing is. */
  V get(K key) {
    return open.get(key);
  }

  List<V> values() {
    return List.copyOf(open.values());
  }

  void closeAll() {
    want(List.of(), key -> null);
  }
}
