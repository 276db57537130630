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
   * FREE-BACKUP, and else the primary's, once the secondary knows.
   */
  public static boolean isFree(Role role, LeaseKey key, Optional<Lease> present) {
    LeaseState state = present.map(Lease::state).orElse(LeaseState.FREE);
    if (AddressHalves.isHalved(key.kind())) {
      boolean isAvailable = state == LeaseState.FREE || state == LeaseState.FREE_BACKUP;
      return isAvailable && AddressHalves.has(role, key);
    }
    return role == Role.PRIMARY
        ? state == LeaseState.FREE && !LeaseMarks.of(present).isDue()
        : state == LeaseState.FREE_BACKUP;
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
          !AddressHalves.isReserved(key)
              && (isFree(facts.role(), key, present) || isTakenOver(facts, key, present, now));
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
}
