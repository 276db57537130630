// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.pool;

import io.leasehold.allocation.GovernorView.Service;
import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import java.util.Optional;

/**
 * When a unit may be given to somebody, and what becomes of a lease that has ended (RFC 8156
 * sections 4.2, 7.2 and 8.4.1). Times are seconds since 1970.
 */
public final class ReuseRule {
  /** A lease that waits for the partner is not written more often than this. */
  private static final long LEAST_WAIT_SECONDS = 600;

  private ReuseRule() {}

  /**
   * Whether a unit is a role's to give, as it is recorded. An address is that of its half, FREE and
   * FREE-BACKUP being the same then; what is shared by counting is the secondary's if it is
   * FREE-BACKUP, and else the primary's.
   */
  public static boolean isFree(Role role, LeaseKey key, Optional<Lease> present) {
    LeaseState state = present.map(Lease::state).orElse(LeaseState.FREE);
    if (AddressHalves.isHalved(key.kind())) {
      return isAvailable(state) && AddressHalves.has(role, key);
    }
    return state == availableTo(role);
  }

  private static boolean isAvailable(LeaseState state) {
    return state == LeaseState.FREE || state == LeaseState.FREE_BACKUP;
  }

  private static LeaseState availableTo(Role role) {
    return role == Role.PRIMARY ? LeaseState.FREE : LeaseState.FREE_BACKUP;
  }

  /** Whether a client may get what it does not have. */
  public static boolean mayGive(
      RelationshipFacts facts,
      LeaseKey key,
      Optional<Lease> present,
      ClientIdentity client,
      long now) {
    Service service = ServiceRules.of(facts.role(), facts.state());
    if (service == Service.NONE || service == Service.RECORDED) {
      return false;
    }
    LeaseState state = present.map(Lease::state).orElse(LeaseState.FREE);
    return switch (state) {
      case FREE, FREE_BACKUP ->
          isFree(facts.role(), key, present) || isTakenOver(facts, key, present, now);
      case EXPIRED, RELEASED ->
          isUntold(present.get(), client) || isTakenOver(facts, key, present, now);
      case RESET -> isTakenOver(facts, key, present, now);
      case ACTIVE -> present.get().client().equals(client);
      case ABANDONED, PENDING_FREE -> false;
    };
  }

  /**
   * Whether a lease that has ended is still as good as the client's: the partner has not been told
   * of the end, so that it cannot have gone on from there (section 4.2.2.1).
   */
  private static boolean isUntold(Lease lease, ClientIdentity client) {
    LeaseMarks marks = LeaseMarks.of(lease);
    return lease.client().equals(client) && marks.isDue() && !marks.isSent();
  }

  /** The partner is down for so long that nothing of its promises is left. */
  private static boolean isTakenOver(
      RelationshipFacts facts, LeaseKey key, Optional<Lease> present, long now) {
    // RFC 8156 section 4.2.1: the partner's half of the addresses is never given.
    return facts.isPartnerDown()
        && AddressHalves.has(facts.role(), key)
        && now >= present.map(lease -> freeAt(facts, lease)).orElse(borrowableAt(facts));
  }

  /** From when what the partner had available may be given, in PARTNER-DOWN (section 8.4.1). */
  public static long borrowableAt(RelationshipFacts facts) {
    return facts.partnerDownSince() + facts.largestMcltSeconds();
  }

  /**
   * From when somebody else may have a lease in PARTNER-DOWN: the MCLT after the latest that the
   * client or the partner may count on (section 4.2.2.1).
   */
  public static long freeAt(RelationshipFacts facts, Lease lease) {
    LeaseMarks marks = LeaseMarks.of(lease);
    long promised = Math.max(marks.partnerLifetime(), Math.max(marks.acked(), marks.ours()));
    long counted = Math.max(clientEnd(lease), Math.max(promised, facts.partnerDownSince()));
    return counted > LeaseTimes.NEVER - facts.largestMcltSeconds()
        ? LeaseTimes.NEVER
        : counted + facts.largestMcltSeconds();
  }

  /** When the client stops using it, if it has not yet. */
  private static long clientEnd(Lease lease) {
    LeaseTimes times = lease.times();
    return switch (lease.state()) {
      case ACTIVE -> times.expires();
      // Taken back while the client had it.
      case RESET -> isTakenBack(lease) ? times.expires() : times.stateSince();
      case EXPIRED, RELEASED, ABANDONED -> times.stateSince();
      // The end of these statuses, if there is one, is that of the memory of a client.
      case FREE, FREE_BACKUP, PENDING_FREE -> 0;
    };
  }

  /**
   * Whether a RESET is of a client that has it still, so that its end is that of the client's time;
   * others come from ABANDONED.
   */
  private static boolean isTakenBack(Lease lease) {
    return lease.state() == LeaseState.RESET && !lease.client().equals(ClientIdentity.NONE);
  }

  /**
   * A lease after the partner has acknowledged its status, which has not changed since: what has
   * ended is free (sections 7.2 and 7.7), and its new status is due to the partner; other statuses
   * stay. The marks of what stays are the caller's.
   *
   * @return empty if it stays in its status
   */
  public static Optional<Lease> acknowledged(Lease lease, long now) {
    return switch (lease.state()) {
      case EXPIRED, RELEASED -> Optional.of(freed(lease, now));
      case RESET -> isTakenBack(lease) ? Optional.empty() : Optional.of(freed(lease, now));
      // The secondary agreed to give it back.
      case PENDING_FREE -> Optional.of(LeaseMarks.NONE.on(inStatus(lease, LeaseState.FREE, now)));
      case ACTIVE, FREE, FREE_BACKUP, ABANDONED -> Optional.empty();
    };
  }

  /**
   * A lease after the partner has rejected its status, which has not changed since: what the
   * secondary did not give back is its own.
   *
   * @return empty if it stays in its status
   */
  public static Optional<Lease> rejected(Lease lease, long now) {
    return lease.state() == LeaseState.PENDING_FREE
        ? Optional.of(LeaseMarks.NONE.on(inStatus(lease, LeaseState.FREE_BACKUP, now)))
        : Optional.empty();
  }

  /**
   * A lease whose client has nothing of it any more: FREE, or FREE-BACKUP if it is in the
   * secondary's half of the addresses.
   */
  static Lease freed(Lease lease, long now) {
    LeaseKey key = lease.key();
    boolean isSecondarys =
        AddressHalves.isHalved(key.kind()) && AddressHalves.owner(key.address()) == Role.SECONDARY;
    Lease free = inStatus(lease, isSecondarys ? LeaseState.FREE_BACKUP : LeaseState.FREE, now);
    return new LeaseMarks(true, false, false, 0, 0, 0, 0).on(free);
  }

  /** The client is remembered for as long as it was to be. */
  private static Lease inStatus(Lease lease, LeaseState state, long now) {
    LeaseTimes times = lease.times();
    long memory =
        state == LeaseState.FREE_BACKUP && !AddressHalves.isHalved(lease.key().kind())
            ? LeaseTimes.NEVER
            : Math.max(times.expires(), now);
    return lease.ended(state, new LeaseTimes(now, times.lastTransaction(), now, memory));
  }

  /**
   * What becomes of a lease whose status is over, or whose client nobody wants to remember.
   *
   * @return empty: forgotten
   */
  public static Optional<Lease> over(RelationshipFacts facts, Lease lease, long now) {
    LeaseTimes times = lease.times();
    return switch (lease.state()) {
      case ACTIVE -> {
        boolean isExpired = times.expires() <= now;
        LeaseState state = isExpired ? LeaseState.EXPIRED : LeaseState.RELEASED;
        yield Optional.of(ended(facts, lease, state, isExpired ? times.expires() : now, now));
      }
      case EXPIRED, RELEASED -> Optional.of(freedOrWaiting(facts, lease, now));
      case RESET ->
          isTakenBack(lease)
              ? Optional.of(ended(facts, lease, LeaseState.EXPIRED, times.expires(), now))
              : Optional.of(freedOrWaiting(facts, lease, now));
      case ABANDONED -> Optional.of(ended(facts, lease, LeaseState.RESET, now, now));
      case FREE -> isKept(lease) ? Optional.of(waiting(facts, lease, now)) : Optional.empty();
      case FREE_BACKUP ->
          isKept(lease) || !AddressHalves.isHalved(lease.key().kind())
              ? Optional.of(waiting(facts, lease, now))
              : Optional.empty();
      case PENDING_FREE -> Optional.of(waiting(facts, lease, now));
    };
  }

  /** Whether the partner has still to hear that it is free. */
  private static boolean isKept(Lease lease) {
    return LeaseMarks.of(lease).isDue();
  }

  private static Lease freedOrWaiting(RelationshipFacts facts, Lease lease, long now) {
    return facts.isPartnerDown() && now >= freeAt(facts, lease)
        ? freed(lease, now)
        : waiting(facts, due(lease), now);
  }

  /** In another status, of which the partner has to hear. */
  private static Lease ended(
      RelationshipFacts facts, Lease lease, LeaseState state, long since, long now) {
    LeaseTimes times = lease.times();
    LeaseTimes then =
        new LeaseTimes(since, times.lastTransaction(), times.preferredUntil(), times.expires());
    LeaseMarks marks = LeaseMarks.of(lease);
    LeaseMarks untold =
        new LeaseMarks(
            true,
            false,
            marks.isAskedAgain(),
            marks.partnerLifetime(),
            marks.acked(),
            marks.ours(),
            marks.partnerHeard());
    return waiting(facts, untold.on(lease.ended(state, then)), now);
  }

  /**
   * The partner is told again: it may have said that the lease ended and then been silent for so
   * long that it has forgotten.
   */
  private static Lease due(Lease lease) {
    LeaseMarks marks = LeaseMarks.of(lease);
    return new LeaseMarks(
            true,
            marks.isSent(),
            marks.isAskedAgain(),
            marks.partnerLifetime(),
            marks.acked(),
            marks.ours(),
            marks.partnerHeard())
        .on(lease);
  }

  private static boolean hasEnded(LeaseState state) {
    return state == LeaseState.EXPIRED || state == LeaseState.RELEASED || state == LeaseState.RESET;
  }

  /** The same, to be looked at again: in PARTNER-DOWN when it is free. */
  private static Lease waiting(RelationshipFacts facts, Lease lease, long now) {
    long again = now + Math.max(facts.largestMcltSeconds(), LEAST_WAIT_SECONDS);
    long next =
        facts.isPartnerDown() && hasEnded(lease.state())
            ? Math.min(again, freeAt(facts, lease))
            : again;
    LeaseTimes times = lease.times();
    return lease.with(
        lease.state(),
        new LeaseTimes(
            times.stateSince(),
            times.lastTransaction(),
            times.preferredUntil(),
            Math.max(next, now + 1)));
  }
}
