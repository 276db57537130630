// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.failover.pool.ReuseRule;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import java.util.Optional;

/**
 * What a lease becomes whose end both partners know, because one has said it and the other has
 * taken it: PENDING-FREE, which is left at once, on both sides (RFC 8156 section 7.2).
 */
final class Ended {
  private Ended() {}

  /** A lease as it is recorded when the partner has acknowledged it as it is. */
  static Optional<Lease> acknowledged(Lease lease, long now) {
    LeaseMarks marks = LeaseMarks.of(lease);
    return ReuseRule.acknowledged(lease, now)
        .map(freed -> settled(freed, lease, now))
        .orElseGet(() -> Optional.of(marks.acknowledged(marks.acked()).on(lease)));
  }

  /** The same of one whose client has nothing of it any more, whatever its state was. */
  static Optional<Lease> free(Lease lease, long now) {
    return acknowledged(lease.with(LeaseState.RELEASED, lease.times()), now);
  }

  /**
   * Free since it ended, with its client as a hint for as long as it is remembered; nothing is kept
   * after that. The partner knows, and what was promised for the client is over.
   */
  private static Optional<Lease> settled(Lease freed, Lease before, long now) {
    LeaseTimes times = freed.times();
    boolean isRemembered = times.expires() > now && times.expires() != LeaseTimes.NEVER;
    return isRemembered && !freed.client().equals(ClientIdentity.NONE)
        ? Optional.of(
            LeaseMarks.NONE.on(
                freed.with(
                    freed.state(),
                    new LeaseTimes(
                        before.times().stateSince(),
                        times.lastTransaction(),
                        times.preferredUntil(),
                        times.expires()))))
        : Optional.empty();
  }
}
