// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import io.leasehold.allocation.GovernedLeases.Rule;
import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.failover.pool.AddressHalves;
import io.leasehold.lease.Lease;
import java.util.Optional;

/**
 * Marks a lease as told of before it is: once the partner may know of its end, its client does not
 * get it back (RFC 8156 section 4.2.2.1), and what is handed to the partner is not given here
 * (section 4.2.2), whatever this server forgets by losing its power.
 */
final class Announcement implements Rule {
  private final Lease lease;
  private Optional<Lease> announced = Optional.empty();

  Announcement(Lease lease) {
    this.lease = lease;
  }

  /** Whether a lease has to be marked before the partner is told of it. */
  static boolean isNeeded(Lease lease) {
    boolean isEnd =
        switch (lease.state()) {
          case EXPIRED, RELEASED, PENDING_FREE -> true;
          case FREE_BACKUP -> !AddressHalves.isHalved(lease.key().kind());
          case ACTIVE, FREE, ABANDONED, RESET -> false;
        };
    LeaseMarks marks = LeaseMarks.of(lease);
    return isEnd && marks.isDue() && !marks.isSent();
  }

  @Override
  public Optional<Lease> apply(Optional<Lease> present, long now) {
    announced =
        present
            .filter(each -> LeaseMarks.saysTheSame(each, lease))
            .map(each -> LeaseMarks.of(each).sent().on(each));
    return announced.isPresent() ? announced : present;
  }

  Lease lease() {
    return lease;
  }

  /** The lease as the partner may be told; nothing if it was another one meanwhile. */
  Optional<Lease> announced() {
    return announced;
  }
}
