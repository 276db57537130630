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
 * is PENDING-FREE, which is FREE on the wire, and nobody's until the secondary agrees.
 */
final class UnitMove {
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
              ? Optional.of(isGiven ? given(key, present, now) : askedBack(present.get()))
              : present;
        });
  }

  private static Lease given(LeaseKey key, Optional<Lease> present, long now) {
    return moved(key, present.map(Lease::subnetId).orElse(0L), LeaseState.FREE_BACKUP, now);
  }

  /**
   * Since when it is FREE is not told as later than it was given: if the secondary has leased it
   * and its update is on its way, that has to be the later news.
   */
  private static Lease askedBack(Lease present) {
    return moved(
        present.key(), present.subnetId(), LeaseState.PENDING_FREE, present.times().stateSince());
  }

  private static Lease moved(LeaseKey key, long subnetId, LeaseState state, long since) {
    return UNTOLD.on(
        new Lease(
            key,
            subnetId,
            ClientIdentity.NONE,
            0,
            state,
            new LeaseTimes(since, 0, since, LeaseTimes.NEVER),
            LeaseDetails.NONE));
  }
}
