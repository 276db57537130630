// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The keys that an object of the plan may have.
 *
 * @param honoured those that do something
 * @param replaced those of Kea that do nothing here, and what stands for each
 */
record KeySet(Set<String> honoured, Map<String, String> replaced) {
  /** No keys. */
  static final KeySet NONE = new KeySet(Set.of(), Map.of());

  /** Honoured keys, with blanks between. */
  static KeySet of(String honoured) {
    return new KeySet(Set.copyOf(Arrays.asList(honoured.trim().split(" +"))), Map.of());
  }

  /** Keys of Kea that one sentence stands for. */
  KeySet but(String instead, String... keys) {
    Map<String, String> more = new HashMap<>(replaced);
    List.of(keys).forEach(key -> more.put(key, instead));
    return new KeySet(honoured, Map.copyOf(more));
  }

  /** These keys and others. */
  KeySet and(KeySet other) {
    Set<String> allHonoured = new TreeSet<>(honoured);
    allHonoured.addAll(other.honoured);
    Map<String, String> allReplaced = new HashMap<>(replaced);
    allReplaced.putAll(other.replaced);
    return new KeySet(Set.copyOf(allHonoured), Map.copyOf(allReplaced));
  }

  boolean honours(String key) {
    return honoured.contains(key);
  }

  /** What stands for a key of Kea here; null if it is not such a key. */
  String replacement(String key) {
    return replaced.get(key);
  }

  /** All keys, for guessing. */
  Set<String> all() {
    Set<String> keys = new TreeSet<>(honoured);
    keys.addAll(replaced.keySet());
    return keys;
  }
}
