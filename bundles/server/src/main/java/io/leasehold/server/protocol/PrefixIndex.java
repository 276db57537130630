// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Finds the longest of many prefixes around an address. Filled once, then for any thread. */
public final class PrefixIndex<T> {
  private final Map<Prefix, T> values = new HashMap<>();

  /** Lengths that occur, longest first. */
  private int[] lengths = {};

  /** Adds a prefix unless it is there already. */
  public void add(Prefix prefix, T value) {
    if (values.putIfAbsent(prefix, value) == null
        && Arrays.stream(lengths).noneMatch(length -> length == prefix.length())) {
      lengths =
          values.keySet().stream()
              .mapToInt(p -> -p.length())
              .distinct()
              .sorted()
              .map(n -> -n)
              .toArray();
    }
  }

  /** The value of the longest prefix that contains the address; null if there is none. */
  public T find(Ipv6 address) {
    return find(address, 128, value -> true);
  }

  /** The same among values of some kind. */
  T find(Ipv6 address, Predicate<T> kind) {
    return find(address, 128, kind);
  }

  /** The value of the longest prefix that contains the whole prefix; null if there is none. */
  public T find(Prefix prefix) {
    return find(prefix.address(), prefix.length(), value -> true);
  }

  private T find(Ipv6 address, int maxLength, Predicate<T> kind) {
    for (int length : lengths) {
      T value = length > maxLength ? null : values.get(address.prefix(length));
      if (value != null && kind.test(value)) {
        return value;
      }
    }
    return null;
  }
}
