// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.Lease;
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

  /** Adds {@code by} to the counts that a lease belongs to. */
  void count(Lease lease, int by) {
    sizes[lease.key().kind().family().ordinal()] += by;
    int column = column(lease);
    if (column >= 0) {
      counts.computeIfAbsent(lease.key().kind().family(), family -> new HashMap<>())
              .computeIfAbsent(lease.subnetId(), id -> new long[3])[column] +=
          by;
    }
  }

  private static int column(Lease lease) {
    boolean prefix = lease.key().kind() == LeaseKind.IA_PD;
    if (lease.state() == LeaseState.ACTIVE) {
      return prefix ? 2 : 0;
    }
    return lease.state() == LeaseState.ABANDONED && !prefix ? 1 : -1;
  }

  int size(Family family) {
    return sizes[family.ordinal()];
  }

  SubnetTally of(Family family, long subnetId) {
    long[] row = counts.getOrDefault(family, Map.of()).get(subnetId);
    return row == null ? SubnetTally.NONE : new SubnetTally(row[0], row[1], row[2]);
  }
}
