// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseSink;
import io.leasehold.server.lease.LeaseOctets;
import io.leasehold.server.lease.LeaseTable;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Shares leases out into a table for each lane, in the subnets that they belong to under a plan.
 * Any thread may put leases in; each table is locked while it takes one.
 */
public final class LeaseShares implements LeaseSink {
  private final LeaseHomes homes;
  private final List<LeaseTable> tables;
  private final ThreadLocal<LeaseOctets> octets = ThreadLocal.withInitial(LeaseOctets::new);

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
    LeaseTable table = tableOf(lease.key(), settled.subnetId());
    synchronized (table) {
      table.put(settled);
    }
  }

  @Override
  public void putEncoded(ByteBuffer encoded) {
    LeaseOctets lease = octets.get();
    lease.read(encoded);
    LeaseKey key = lease.key();
    if (!homes.isRight(key, lease.subnetId())) {
      put(lease.lease());
      return;
    }
    LeaseTable table = tableOf(key, lease.subnetId());
    synchronized (table) {
      table.put(lease);
    }
  }

  private LeaseTable tableOf(LeaseKey key, long subnetId) {
    if (key.kind() == LeaseKind.IA_PD && tables.size() > 1) {
      // A prefix may have had another subnet, and so another lane, when it was written before.
      forget(key);
    }
    return tables.get(homes.laneOf(key, subnetId));
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

  /** How many leases are in. */
  public int size() {
    int size = 0;
    for (LeaseTable table : tables) {
      synchronized (table) {
        size += table.size();
      }
    }
    return size;
  }

  /** Gives the memory of all tables back, because the leases will not be used. */
  public void discard() {
    for (LeaseTable table : tables) {
      synchronized (table) {
        table.close();
      }
    }
  }
}
