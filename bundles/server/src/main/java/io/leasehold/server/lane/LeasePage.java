// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.server.LeaseQuery;
import io.leasehold.server.lease.LeaseTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What was found on one bounded walk through the leases of a lane.
 *
 * @param leases in the order of their keys
 * @param lastOrNull the last key that was looked at, to go on after; null if there are no more
 */
public record LeasePage(List<Lease> leases, LeaseKey lastOrNull) {
  /** Leases that are looked at until requests have their turn again. */
  static final int LOOK_AT_ONCE = 2000;

  /** DHCPv6 leases stand in front of DHCPv4 ones. */
  private static final LeaseKey LAST_BEFORE_IPV4 =
      new LeaseKey(0, LeaseKind.IA_PD, new Ipv6(-1, -1), 128);

  /** What a query wants of a table, as far as one walk goes. */
  static LeasePage of(LeaseTable table, LeaseQuery query, LeaseKey after, int limit) {
    return of(table, query::matches, after == null ? before(query) : after, limit);
  }

  /** A key that no lease of the query comes before; null if that is the first. */
  private static LeaseKey before(LeaseQuery query) {
    return query.family().equals(Optional.of(Family.IPV4)) ? LAST_BEFORE_IPV4 : null;
  }

  /**
   * What is wanted of a table, after {@code after} (null: from the first), as far as one walk goes.
   */
  static LeasePage of(LeaseTable table, Predicate<Lease> wanted, LeaseKey after, int limit) {
    int most = Math.min(limit, LOOK_AT_ONCE);
    List<Lease> found = new ArrayList<>();
    LeaseKey last = after;
    for (int left = LOOK_AT_ONCE; left > 0; ) {
      // One more than is wanted tells whether there is any.
      int look = Math.min(left, most - found.size() + 1);
      List<Lease> page = table.page(last, look);
      for (Lease lease : page) {
        if (found.size() == most) {
          return new LeasePage(found, last);
        }
        last = lease.key();
        if (wanted.test(lease)) {
          found.add(lease);
        }
      }
      if (page.size() < look) {
        return new LeasePage(found, null);
      }
      left -= look;
    }
    return new LeasePage(found, last);
  }
}
