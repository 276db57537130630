// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Pools of one kind by what is in them; no two of them have an address in common. Immutable. */
final class PoolIndex {
  private final PoolUnits[] byFirst;
  private final int[] unitLengths;

  PoolIndex(Collection<PoolUnits> pools) {
    byFirst =
        pools.stream().sorted(Comparator.comparing(PoolUnits::first)).toArray(PoolUnits[]::new);
    unitLengths = pools.stream().mapToInt(PoolUnits::unitLength).distinct().sorted().toArray();
  }

  boolean isEmpty() {
    return byFirst.length == 0;
  }

  /** The pool that an address is in; null if there is none. */
  PoolUnits at(Ipv6 address) {
    int at = firstAfter(address) - 1;
    return at >= 0 && address.compareTo(byFirst[at].last()) <= 0 ? byFirst[at] : null;
  }

  /** Pools that have an address of a prefix. */
  List<PoolUnits> overlapping(Prefix prefix) {
    List<PoolUnits> found = new ArrayList<>();
    PoolUnits around = at(prefix.first());
    if (around != null) {
      found.add(around);
    }
    for (int at = firstAfter(prefix.first()), end = firstAfter(prefix.last()); at < end; at++) {
      found.add(byFirst[at]);
    }
    return found;
  }

  /** The lengths of their units, the shortest first. Not to be written to. */
  int[] unitLengths() {
    return unitLengths;
  }

  private int firstAfter(Ipv6 address) {
    int low = 0;
    int high = byFirst.length;
    while (low < high) {
      int middle = low + high >>> 1;
      if (byFirst[middle].first().compareTo(address) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
