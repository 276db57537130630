// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Family;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Counts leases by subnet, kind and state, so that nobody has to walk through them. */
final class TallyBook {
  private final Map<Family, Map<Long, long[]>> counts = new EnumMap<>(Family.class);

  /** All leases, whatever their states, by the ordinal of the family. */
  private final int[] sizes = new int[Family.values().length];

  private long[] recent;
  private Family recentFamily;
  private long recentSubnet;

  /** Adds {@code by} to the counts that a lease belongs to. */
  void count(LeaseKind kind, LeaseState state, long subnetId, int by) {
    sizes[kind.family().ordinal()] += by;
    int column = column(kind, state);
    if (column >= 0) {
      row(kind.family(), subnetId)[column] += by;
    }
  }

  private long[] row(Family family, long subnetId) {
    if (recent == null || recentSubnet != subnetId || recentFamily != family) {
      recent =
          counts
              .computeIfAbsent(family, f -> new HashMap<>())
              .computeIfAbsent(subnetId, id -> new long[3]);
      recentFamily = family;
      recentSubnet = subnetId;
    }
    return recent;
  }

  private static int column(LeaseKind kind, LeaseState state) {
    boolean prefix = kind == LeaseKind.IA_PD;
    if (state == LeaseState.ACTIVE) {
      return prefix ? 2 : 0;
    }
    return state == LeaseState.ABANDONED && !prefix ? 1 : -1;
  }

  int size(Family family) {
    return sizes[family.ordinal()];
  }

  SubnetTally of(Family family, long subnetId) {
    long[] row = counts.getOrDefault(family, Map.of()).get(subnetId);
    return row == null ? SubnetTally.NONE : new SubnetTally(row[0], row[1], row[2]);
  }

  /** Forgets everything. */
  void clear() {
    counts.clear();
    sizes[0] = 0;
    sizes[1] = 0;
    recent = null;
  }
}
