// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.pool;

import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import java.util.Optional;

/**
 * What becomes of a lease whose status is over (RFC 8156 section 7.2): what has ended waits for the
 * partner to know it, or in PARTNER-DOWN until nobody can count on it any more.
 */
final class LeaseEnds {
  /** A lease that waits is not written more often than this. */
  private static final long LEAST_WAIT_SECONDS = 600;

  private static final LeaseMarks UNTOLD = new LeaseMarks(true, false, false, 0, 0, 0, 0);

  private final RelationshipFacts facts;
  private final long now;

  LeaseEnds(RelationshipFacts facts, long now) {
    this.facts = facts;
    this.now = now;
  }

  /**
   * The lease afterwards; one whose client nobody wants to remember has ended, too.
   *
   * @return empty: forgotten
   */
  Optional<Lease> over(Lease lease) {
    LeaseTimes times = lease.times();
    return switch (lease.state()) {
      case ACTIVE ->
          Optional.of(
              times.expires() <= now
                  ? ended(lease, LeaseState.EXPIRED, times.expires())
                  : ended(lease, LeaseState.RELEASED, now));
      case EXPIRED, RELEASED -> Optional.of(freedOrWaiting(lease));
      case RESET -> overReset(lease);
      // That it has rested is no news of later than its end: the partner may have given it since.
      case ABANDONED -> Optional.of(ended(lease, LeaseState.RESET, times.stateSince()));
      case FREE, FREE_BACKUP, PENDING_FREE ->
          isHandedOver(lease) || LeaseMarks.of(lease).isDue()
              ? Optional.of(waiting(lease))
              : Optional.empty();
    };
  }

  /** What is forgotten is the primary's, except where halves say whose it is. */
  private static boolean isHandedOver(Lease lease) {
    return lease.state() == LeaseState.FREE_BACKUP && !AddressHalves.isHalved(lease.key().kind());
  }

  /** Free when both know of it and its client has nothing of it any more. */
  private Optional<Lease> overReset(Lease lease) {
    if (!LeaseMarks.of(lease).isDue()) {
      return Optional.empty();
    }
    return Optional.of(
        ReuseRule.isTakenBack(lease)
            ? ended(lease, LeaseState.EXPIRED, lease.times().expires())
            : freedOrWaiting(lease));
  }

  /** The partner has to be told, also of what ended before there was a partner. */
  private Lease freedOrWaiting(Lease lease) {
    if (facts.takesOver() && now >= ReuseRule.freeAt(facts, lease)) {
      return UNTOLD.on(ReuseRule.freed(lease, now));
    }
    return waiting(due(lease, LeaseMarks.of(lease).isSent()));
  }

  private Lease ended(Lease lease, LeaseState state, long since) {
    LeaseTimes times = lease.times();
    LeaseTimes then =
        new LeaseTimes(since, times.lastTransaction(), times.preferredUntil(), times.expires());
    return waiting(due(lease.ended(state, then), false));
  }

  private static Lease due(Lease lease, boolean isSent) {
    LeaseMarks marks = LeaseMarks.of(lease);
    return new LeaseMarks(
            true,
            isSent,
            marks.isAskedAgain(),
            marks.partnerLifetime(),
            marks.acked(),
            marks.ours(),
            marks.partnerHeard())
        .on(lease);
  }

  /** The same, to be looked at again: in PARTNER-DOWN when it is free. */
  private Lease waiting(Lease lease) {
    long again = now + Math.max(facts.largestMcltSeconds(), LEAST_WAIT_SECONDS);
    boolean hasEnded =
        switch (lease.state()) {
          case EXPIRED, RELEASED, RESET -> true;
          case ACTIVE, ABANDONED, FREE, FREE_BACKUP, PENDING_FREE -> false;
        };
    if (facts.isPartnerDown() && hasEnded) {
      again = Math.min(again, Math.max(ReuseRule.freeAt(facts, lease), now + 1));
    }
    LeaseTimes times = lease.times();
    return lease.with(
        lease.state(),
        new LeaseTimes(times.stateSince(), times.lastTransaction(), times.preferredUntil(), again));
  }
}
