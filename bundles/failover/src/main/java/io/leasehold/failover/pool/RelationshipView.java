// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.pool;

import io.leasehold.allocation.GovernorView;
import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Family;
import java.util.Objects;
import java.util.Optional;

/**
 * What a server may promise as its relationship stands (RFC 8156 sections 4 and 8). Immutable, for
 * any thread.
 */
public final class RelationshipView implements GovernorView {
  private final RelationshipFacts facts;
  private final Service service;

  private RelationshipView(RelationshipFacts facts) {
    this.facts = Objects.requireNonNull(facts);
    this.service = ServiceRules.of(facts.role(), facts.state());
  }

  /** The view of a relationship that stands like this. */
  public static RelationshipView of(RelationshipFacts facts) {
    return new RelationshipView(facts);
  }

  /** How the relationship stands. */
  public RelationshipFacts facts() {
    return facts;
  }

  @Override
  public Service service() {
    return service;
  }

  @Override
  public Service service(Family family) {
    return family == Family.IPV6 || facts.servesDhcp4() ? service : Service.NONE;
  }

  @Override
  public boolean isOurs(LeaseKey key) {
    return AddressHalves.has(facts.role(), key);
  }

  @Override
  public boolean isFree(LeaseKey key, Optional<Lease> present) {
    return ReuseRule.isFree(facts.role(), key, present);
  }

  @Override
  public boolean borrows(long now) {
    return facts.takesOver() && now >= ReuseRule.borrowableAt(facts);
  }

  @Override
  public boolean mayGive(LeaseKey key, Optional<Lease> present, ClientIdentity client, long now) {
    return ReuseRule.mayGive(facts, key, present, client, now);
  }

  @Override
  public boolean mayGiveReserved(
      LeaseKey key, Optional<Lease> present, ClientIdentity client, long now) {
    return ReuseRule.mayGiveReserved(facts, key, present, client, now);
  }

  @Override
  public boolean isSilentOn(LeaseKey key, Optional<Lease> present) {
    return ServiceRules.mayHaveMissed(facts.state())
        || ReuseRule.mayBePartners(facts.role(), key, present);
  }

  @Override
  public long promisedSeconds(Optional<Lease> present, long desiredSeconds, long now) {
    if (facts.isPartnerDown()) {
      return LeadTime.unlimited(desiredSeconds);
    }
    // What was acknowledged of a client before is nothing for the next.
    long acked =
        present.filter(lease -> !isFree(lease)).map(LeaseMarks::of).orElse(LeaseMarks.NONE).acked();
    return LeadTime.promised(desiredSeconds, acked, now, facts.mcltSeconds());
  }

  private static boolean isFree(Lease lease) {
    return lease.state() == LeaseState.FREE || lease.state() == LeaseState.FREE_BACKUP;
  }

  @Override
  public Lease marked(Optional<Lease> before, Lease after, Optional<Terms> terms, long now) {
    LeaseMarks marks = LeaseMarks.of(before);
    Optional<Lease> same =
        before.filter(lease -> !isFree(lease) && lease.client().equals(after.client()));
    boolean isNew = after.state() == LeaseState.ACTIVE && same.isEmpty();
    return new LeaseMarks(
            true,
            false,
            false,
            terms.isPresent() ? partnerLifetime(terms.get(), after, now) : marks.partnerLifetime(),
            isNew ? 0 : marks.acked(),
            marks.ours(),
            isNew ? 0 : marks.partnerHeard())
        .on(notBefore(before, same.map(lease -> asLongAs(lease, after, now)).orElse(after)));
  }

  /**
   * The lease with a time of the client's last word that is not before the last one on record: when
   * a clock that was ahead is set right, what comes then would be older news for the partner than
   * what it has, until that time has come.
   */
  private static Lease notBefore(Optional<Lease> before, Lease after) {
    LeaseTimes times = after.times();
    long heard = before.map(lease -> lease.times().lastTransaction()).orElse(0L);
    return times.lastTransaction() == 0 || times.lastTransaction() >= heard
        ? after
        : after.with(
            after.state(),
            new LeaseTimes(times.stateSince(), heard, times.preferredUntil(), times.expires()));
  }

  /**
   * The lease until its client stops using it, also if it does not hear of a shorter promise than
   * it had: the partner may have promised more than this server may.
   */
  private static Lease asLongAs(Lease before, Lease after, long now) {
    LeaseTimes times = after.times();
    return before.isActive(now)
            && after.state() == LeaseState.ACTIVE
            && before.times().expires() > times.expires()
        ? after.with(
            LeaseState.ACTIVE,
            new LeaseTimes(
                times.stateSince(),
                times.lastTransaction(),
                times.preferredUntil(),
                before.times().expires()))
        : after;
  }

  /** A client that is told no T1 is expected at half of its time (RFC 8415 section 14.2). */
  private static long partnerLifetime(Terms terms, Lease after, long now) {
    long left = Math.max(after.times().expires() - now, 0);
    long renewSeconds = terms.renewSeconds() == 0 ? left / 2 : terms.renewSeconds();
    return LeadTime.partnerLifetime(now, Math.min(renewSeconds, left), terms.desiredSeconds());
  }

  @Override
  public Optional<Lease> over(Lease lease, long now) {
    return new LeaseEnds(facts, now).over(lease);
  }
}
