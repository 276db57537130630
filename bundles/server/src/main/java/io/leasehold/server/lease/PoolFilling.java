// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.util.function.Consumer;

/**
 * Opens a pool with what a table has of its units, a little at a time. Leases that change before it
 * is done have to be looked at again. Owner: the lane's thread.
 */
final class PoolFilling {
  private final PoolUnits pool;
  private final LeaseTable table;
  private final Governance governanceOrNull;
  private final Consumer<PoolUnits> opener;
  private final LeaseRange lengths;
  private final LeaseRange leases;
  private final ReturnedUnits returned = new ReturnedUnits();
  private boolean isOpen;
  private boolean areReturnedTaken;

  /**
   * Does nothing yet.
   *
   * @param opener opens the bookkeeping of the pool when it is known which prefixes are left out
   */
  PoolFilling(
      PoolUnits pool, LeaseTable table, Governance governanceOrNull, Consumer<PoolUnits> opener) {
    this.pool = pool;
    this.table = table;
    this.governanceOrNull = governanceOrNull;
    this.opener = opener;
    LeaseKey first = new LeaseKey(0, pool.kind(), pool.first(), 0);
    LeaseKey last = new LeaseKey(0, pool.kind(), pool.last(), 128);
    this.lengths = new LeaseRange(table, first, last);
    this.leases = new LeaseRange(table, first, last);
  }

  /** Looks at no more than so many leases; how many it were. */
  int goOn(int most) {
    int left = most;
    if (!isOpen) {
      left -= cutOtherLengths(left);
      if (!isOpen) {
        return most - left;
      }
    }
    left -= leases.visit(left, this::takeIn);
    if (leases.isOver() && !areReturnedTaken) {
      left -= returned.give(left, address -> pool.mark(address, true));
      areReturnedTaken = returned.areGiven();
      if (areReturnedTaken) {
        returned.rewind();
      }
    }
    if (areReturnedTaken) {
      // What came back longest ago waits longest.
      left -= returned.give(left, address -> pool.mark(address, false));
    }
    return most - left;
  }

  boolean isDone() {
    return areReturnedTaken && returned.areGiven();
  }

  /**
   * Leases of an earlier plan with another length: what they cover stays out until this plan is
   * loaded anew.
   */
  private int cutOtherLengths(int most) {
    int visited = 0;
    if (pool.kind() == LeaseKind.IA_PD) {
      visited = lengths.visit(most, this::cutIfOther);
      if (!lengths.isOver()) {
        return visited;
      }
      cutAround();
    }
    opener.accept(pool);
    isOpen = true;
    return visited;
  }

  private void cutIfOther(int slot, long high, long low, int prefixLength, LeaseState state) {
    if (prefixLength != pool.unitLength() && keepsItsSpace(state)) {
      pool.cutForeign(new Prefix(new Ipv6(high, low), prefixLength));
    }
  }

  private void cutAround() {
    for (int length = 0; length < pool.unitLength(); length++) {
      Prefix around = Prefix.masked(pool.first(), length);
      LeaseState state = table.stateOf(LeaseKey.prefix(around));
      if (state != null && keepsItsSpace(state)) {
        pool.cutForeign(around);
      }
    }
  }

  private boolean keepsItsSpace(LeaseState state) {
    return LeaseStates.blocks(state)
        || governanceOrNull != null && LeaseStates.mayBePartners(state);
  }

  private void takeIn(int slot, long high, long low, int prefixLength, LeaseState state) {
    if (prefixLength != pool.unitLength()) {
      return;
    }
    Ipv6 address = new Ipv6(high, low);
    if (isBlocked(pool, address, state, governanceOrNull)) {
      pool.mark(address, true);
    } else {
      returned.add(table.stateSince(slot), address);
    }
  }

  /** Whether a unit with a lease in some state is not free. */
  static boolean isBlocked(
      PoolUnits pool, Ipv6 address, LeaseState state, Governance governanceOrNull) {
    return governanceOrNull == null
        ? LeaseStates.blocks(state)
        : !governanceOrNull.isFree(new LeaseKey(0, pool.kind(), address, pool.unitLength()));
  }
}
