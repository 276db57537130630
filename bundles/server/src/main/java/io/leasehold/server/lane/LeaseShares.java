// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseSink;
import io.leasehold.server.lease.LeaseTable;
import java.util.List;

/**
 * Shares leases out into a table for each lane, in the subnets that they belong to under a plan.
 * Any thread may put leases in; each table is locked while it takes one.
 */
public final class LeaseShares implements LeaseSink {
  private final LeaseHomes homes;
  private final List<LeaseTable> tables;

  /**
   * Shares out under a regime.
   *
   * @param tables an empty table for each lane
   */
  public LeaseShares(Regime regime, List<LeaseTable> tables) {
    this.homes = new LeaseHomes(regime);
    this.tables = List.copyOf(tables);
  }

  /** The table of a lane, when all leases are in. */
  public LeaseTable of(int lane) {
    return tables.get(lane);
  }

  @Override
  public void put(Lease lease) {
    Lease settled = homes.settle(lease);
    int lane = homes.laneOf(settled);
    if (lease.key().kind() == LeaseKind.IA_PD) {
      // A prefix may have had another subnet, and so another lane, when it was written before.
      forget(lease.key());
    }
    LeaseTable table = tables.get(lane);
    synchronized (table) {
      table.put(settled);
    }
  }

  @Override
  public void remove(LeaseKey key) {
    forget(key);
  }

  private void forget(LeaseKey key) {
    for (LeaseTable table : tables) {
      synchronized (table) {
        table.remove(key);
      }
    }
  }
}
