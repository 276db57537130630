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
 * When a unit may be given to somebody (RFC 8156 sections 4.2, 7.2 and 8.4.1). Times are seconds
 * since 1970.
 */
public final class ReuseRule {
  private ReuseRule() {}

  /**
   * Whether a unit is a role's to give, as it is recorded. An address is that of its half, FREE and
   * FREE-BACKUP being the same then; what is shared by counting is the secondary's if it is
   * FREE-BACKUP, and else the primary's.
   */
  public static boolean isFree(Role role, LeaseKey key, Optional<Lease> present) {
    LeaseState state = present.map(Lease::state).orElse(LeaseState.FREE);
    if (AddressHalves.isHalved(key.kind())) {
      boolean isAvailable = state == LeaseState.FREE || state == LeaseState.FREE_BACKUP;
      return isAvailable && AddressHalves.has(role, key);
    }
    return state == (role == Role.PRIMARY ? LeaseState.FREE : LeaseState.FREE_BACKUP);
  }

  /**
   * Whether the partner may have given a unit, or extended it, while its update is on its way: what
   * is its own to give, what has ended here, and what was declined here without its knowing. What a
   * plan takes back is no such thing: its client is told so, again and again.
   */
  static boolean mayBePartners(Role role, LeaseKey key, Optional<Lease> present) {
    return switch (present.map(Lease::state).orElse(LeaseState.FREE)) {
      case FREE, FREE_BACKUP -> !isFree(role, key, present);
      case EXPIRED, RELEASED, PENDING_FREE -> true;
      case RESET -> !isTakenBack(present.get());
      case ABANDONED -> LeaseMarks.of(present).isDue();
      case ACTIVE -> false;
    };
  }

  /** Whether a client may get what it does not have. */
  public static boolean mayGive(
      RelationshipFacts facts,
      LeaseKey key,
      Optional<Lease> present,
      ClientIdentity client,
      long now) {
    return gives(facts) && isToBeHad(facts, key, present, client, now);
  }

  /**
   * The same of what is reserved for the client by its DUID. The halves and shares keep the servers
   * from giving one unit to two clients, and no other client can get this one: so it may be given
   * as if it were the partner's to give, too.
   */
  public static boolean mayGiveReserved(
      RelationshipFacts facts,
      LeaseKey key,
      Optional<Lease> present,
      ClientIdentity client,
      long now) {
    return gives(facts)
        && (isToBeHad(facts, key, present, client, now)
            || isToBeHad(facts.inPartnersRole(), key, present, client, now));
  }

  private static boolean gives(RelationshipFacts facts) {
    Service service = ServiceRules.of(facts.role(), facts.state());
    return service != Service.NONE && service != Service.RECORDED;
  }

  private static boolean isToBeHad(
      RelationshipFacts facts,
      LeaseKey key,
      Optional<Lease> present,
      ClientIdentity client,
      long now) {
    LeaseState state = present.map(Lease::state).orElse(LeaseState.FREE);
    return switch (state) {
      case FREE, FREE_BACKUP ->
          !AddressHalves.isReserved(key)
              && (isFree(facts.role(), key, present) || isTakenOver(facts, key, present, now));
      case EXPIRED, RELEASED ->
          isUntold(present.get(), client) || isTakenOver(facts, key, present, now);
      case RESET -> isTakenOver(facts, key, present, now);
      case ACTIVE -> present.get().client().equals(client);
      // Asked back, and not known whether the secondary has leased it.
      case PENDING_FREE -> isTakenOver(facts, key, present, now);
      case ABANDONED -> false;
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
    return facts.takesOver()
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
      case RESET -> isTakenBack(lease) ? times.expires() : times.stateSince();
      case EXPIRED, RELEASED, ABANDONED -> times.stateSince();
      // The end of these statuses, if there is one, is that of the memory of a client.
      case FREE, FREE_BACKUP, PENDING_FREE -> 0;
    };
  }

  /** Whether a client may have it still, so that the end of RESET is that of the client's time. */
  static boolean isTakenBack(Lease lease) {
    return lease.state() == LeaseState.RESET
        && !lease.client().equals(ClientIdentity.NONE)
        && lease.times().expires() != LeaseTimes.NEVER;
  }

  /**
   * A lease after the partner has acknowledged its status, which has not changed since: what has
   * ended is free (sections 7.2 and 7.7). The marks are the caller's.
   *
   * @return empty if it stays in its status
   */
  public static Optional<Lease> acknowledged(Lease lease, long now) {
    return switch (lease.state()) {
      case EXPIRED, RELEASED, PENDING_FREE -> Optional.of(freed(lease, now));
      case RESET -> isTakenBack(lease) ? Optional.empty() : Optional.of(freed(lease, now));
      case ACTIVE, FREE, FREE_BACKUP, ABANDONED -> Optional.empty();
    };
  }

  /**
   * A lease after the partner has rejected its status, which has not changed since: what the
   * secondary does not give back is its own, and has been all the time: what it says of its client
   * is the later news. The partner knows.
   *
   * @return empty if it stays in its status
   */
  public static Optional<Lease> rejected(Lease lease, long now) {
    return lease.state() == LeaseState.PENDING_FREE
        ? Optional.of(
            LeaseMarks.NONE.on(
                lease.ended(
                    LeaseState.FREE_BACKUP,
                    new LeaseTimes(lease.times().stateSince(), 0, now, LeaseTimes.NEVER))))
        : Optional.empty();
  }

  /**
   * A lease whose client has nothing of it any more: FREE, or FREE-BACKUP if it is in the
   * secondary's half of the addresses (section 7.2). The client is remembered for as long as it was
   * to be.
   */
  static Lease freed(Lease lease, long now) {
    LeaseKey key = lease.key();
    boolean isSecondarys =
        AddressHalves.isHalved(key.kind()) && AddressHalves.owner(key.address()) == Role.SECONDARY;
    LeaseTimes times = lease.times();
    return lease.ended(
        isSecondarys ? LeaseState.FREE_BACKUP : LeaseState.FREE,
        new LeaseTimes(now, times.lastTransaction(), now, Math.max(times.expires(), now)));
  }
}
