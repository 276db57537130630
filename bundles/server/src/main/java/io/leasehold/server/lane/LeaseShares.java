// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseSink;
import io.leasehold.server.lease.LeaseOctets;
import io.leasehold.server.lease.LeaseTable;
import io.leasehold.server.lease.TableLoad;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;

/**
 * Shares leases out into a table for each lane, in the subnets that they belong to under a plan.
 * Any thread may put leases in; each table is locked while it takes some. The tables can be used
 * when all that {@link #rest} gives is done.
 */
public final class LeaseShares implements LeaseSink {
  private final LeaseHomes homes;
  private final List<TableLoad> loads;
  private final ThreadLocal<LeaseBatch> batches = ThreadLocal.withInitial(LeaseBatch::new);

  /**
   * Shares out under a regime.
   *
   * @param tables an empty table for each lane
   */
  public LeaseShares(Regime regime, List<LeaseTable> tables) {
    this.homes = new LeaseHomes(regime);
    this.loads = tables.stream().map(TableLoad::new).toList();
  }

  /** The table of each lane. */
  public List<LeaseTable> tables() {
    return loads.stream().map(TableLoad::table).toList();
  }

  /**
   * What is left to do when all leases are in, two parts for each lane in turn; see {@link
   * TableLoad#rest}.
   */
  public List<Runnable> rest() {
    return loads.stream().map(TableLoad::rest).flatMap(List::stream).toList();
  }

  @Override
  public void put(Lease lease) {
    LeaseOctets octets = batches.get().room();
    octets.read(lease);
    put(octets);
  }

  @Override
  public void putEncoded(ByteBuffer encoded) {
    LeaseOctets octets = batches.get().room();
    octets.read(encoded);
    put(octets);
  }

  @Override
  public void putAllEncoded(Iterator<ByteBuffer> encoded) {
    LeaseBatch batch = batches.get();
    batch.clear();
    while (encoded.hasNext()) {
      LeaseOctets lease = batch.room();
      lease.read(encoded.next());
      LeaseKey key = lease.key();
      int lane = mayHaveMoved(key) ? LeaseHomes.NONE : homes.laneIfRight(key, lease.subnetId());
      if (lane == LeaseHomes.NONE) {
        batch.flush(); // what is in it comes first
        put(lease);
      } else {
        batch.add(loads.get(lane));
      }
    }
    batch.flush();
    batch.clear();
  }

  private void put(LeaseOctets octets) {
    LeaseKey key = octets.key();
    if (!homes.isRight(key, octets.subnetId())) {
      octets.read(homes.settle(octets.lease()));
    }
    if (mayHaveMoved(key)) {
      remove(key);
    }
    TableLoad load = loads.get(homes.laneOf(key, octets.subnetId()));
    load.prepare(octets);
    synchronized (load) {
      load.put(octets);
    }
  }

  /** A prefix may have had another subnet, and so another lane, when it was written before. */
  private boolean mayHaveMoved(LeaseKey key) {
    return key.kind() == LeaseKind.IA_PD && loads.size() > 1;
  }

  @Override
  public void remove(LeaseKey key) {
    for (TableLoad load : loads) {
      synchronized (load) {
        load.remove(key);
      }
    }
  }

  /** How many leases are in. */
  public int size() {
    int size = 0;
    for (TableLoad load : loads) {
      synchronized (load) {
        size += load.table().size();
      }
    }
    return size;
  }

  /** Gives the memory of all tables back, because the leases will not be used. */
  public void discard() {
    for (TableLoad load : loads) {
      synchronized (load) {
        load.table().close();
      }
    }
  }
}
