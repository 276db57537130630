// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import java.util.Optional;

/**
 * How leases of a governed link end: nothing of them is forgotten before its governor says so, and
 * nothing changes while there is no governor. Every method returns the change for the store, or
 * null if there is none.
 */
final class GovernedEnds {
  /** When a lease that stays as it is is looked at again. */
  private static final long AGAIN_SECONDS = 60;

  private final LinkLeases link;
  private final Governance governance;

  GovernedEnds(LinkLeases link) {
    this.link = link;
    this.governance = link.governanceOrNull();
    link.begin();
  }

  /** Ends a state whose time is over. */
  LeaseChange end(Lease lease, long now) {
    LeaseChange change = null;
    if (!governance.isClosed()) {
      change =
          lease.state() == LeaseState.ACTIVE
              ? remember(lease, LeaseState.EXPIRED, lease.times().expires(), now)
              : settle(lease, governance.over(lease, now));
    }
    Lease left = link.table().find(lease.key());
    if (left != null && LeaseStates.ends(left.state()) && left.times().expires() < now) {
      link.table().postpone(left.key(), now + AGAIN_SECONDS);
    }
    return change;
  }

  private LeaseChange remember(Lease lease, LeaseState state, long since, long now) {
    long memory = link.plan().settings().holdReclaimedSeconds();
    Lease ended = Reclaimer.ended(lease, state, since, now + memory);
    return link.commit(link.marked(ended, Optional.empty(), now));
  }

  private LeaseChange settle(Lease before, Optional<Lease> after) {
    if (after.isEmpty()) {
      return link.forget(before.key());
    }
    return after.get().equals(before) ? null : link.commit(after.get());
  }

  /** Frees a lease as if its client had released it, or what is out of use. */
  LeaseChange release(Lease lease, long now) {
    if (governance.isClosed()) {
      return null;
    }
    return switch (lease.state()) {
      case ACTIVE -> remember(lease, LeaseState.RELEASED, now, now);
      case ABANDONED -> reset(lease, lease.client(), now);
      case EXPIRED, RELEASED, PENDING_FREE, FREE, FREE_BACKUP, RESET -> null;
    };
  }

  /** Takes a lease back, and forgets its client. */
  LeaseChange wipe(Lease lease, long now) {
    if (governance.isClosed()) {
      return null;
    }
    return switch (lease.state()) {
      case ACTIVE, ABANDONED, EXPIRED, RELEASED -> reset(lease, ClientIdentity.NONE, now);
      case RESET, PENDING_FREE, FREE, FREE_BACKUP ->
          lease.client().equals(ClientIdentity.NONE)
              ? null
              : link.commit(of(lease, ClientIdentity.NONE, lease.state(), lease.times()));
    };
  }

  /** RFC 8156 section 7.2: it is free when the partner knows. */
  private LeaseChange reset(Lease lease, ClientIdentity client, long now) {
    LeaseTimes times = new LeaseTimes(now, now, now, LeaseTimes.NEVER);
    Lease after = of(lease, client, LeaseState.RESET, times);
    return link.commit(link.marked(after, Optional.empty(), now));
  }

  private static Lease of(Lease lease, ClientIdentity client, LeaseState state, LeaseTimes times) {
    LeaseDetails kept = lease.ended(state, times).details();
    long iaid = client.equals(ClientIdentity.NONE) ? 0 : lease.iaid();
    return new Lease(lease.key(), lease.subnetId(), client, iaid, state, times, kept);
  }
}
