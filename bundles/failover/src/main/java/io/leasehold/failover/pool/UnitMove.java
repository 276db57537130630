// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.pool;

import io.leasehold.allocation.GovernedLeases;
import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import java.util.Optional;

/**
 * A unit that the primary gives to the secondary or asks back (RFC 8156 section 4.2.2). What is
 * given is FREE-BACKUP when that is durable, before the secondary hears of it. What is asked back
 * is PENDING-FREE, nobody's, until the secondary agrees; on the wire that is FREE.
 */
final class UnitMove {
  static final LeaseState GIVEN = LeaseState.FREE_BACKUP;
  static final LeaseState ASKED_BACK = LeaseState.PENDING_FREE;

  private static final LeaseMarks UNTOLD = new LeaseMarks(true, false, false, 0, 0, 0, 0);

  private UnitMove() {}

  /** The edit of the primary's lease. */
  static GovernedLeases.Edit edit(LeaseKey key, boolean isGiven) {
    return new GovernedLeases.Edit(
        key,
        (present, now) -> {
          boolean isMovable =
              isGiven
                  ? ReuseRule.isFree(Role.PRIMARY, key, present)
                  : ReuseRule.isFree(Role.SECONDARY, key, present);
          return isMovable
              ? Optional.of(moved(key, present, isGiven ? GIVEN : ASKED_BACK, now))
              : present;
        });
  }

  private static Lease moved(LeaseKey key, Optional<Lease> present, LeaseState state, long now) {
    return UNTOLD.on(
        new Lease(
            key,
            present.map(Lease::subnetId).orElse(0L),
            ClientIdentity.NONE,
            0,
            state,
            new LeaseTimes(now, 0, now, LeaseTimes.NEVER),
            LeaseDetails.NONE));
  }
}
