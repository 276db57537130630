// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import io.leasehold.allocation.GovernedLeases.Edit;
import io.leasehold.codec.failover.BindingContainer;
import io.leasehold.codec.failover.BindingFacts;
import io.leasehold.codec.failover.BoundAssociation;
import io.leasehold.codec.failover.BoundLease;
import io.leasehold.codec.failover.ClientBinding;
import io.leasehold.codec.failover.Dhcp4Binding;
import io.leasehold.codec.failover.PrefixBinding;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.failover.pool.ReuseRule;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a BNDREPLY means for the leases of its BNDUPD (RFC 8156 section 7.7). */
final class UpdateAcks {
  /** Refusals by what the partner has recorded. */
  private static final Set<Integer> JUDGED =
      Set.of(Dhcp6StatusCode.OUTDATED_BINDING_INFORMATION, Dhcp6StatusCode.ADDRESS_IN_USE);

  private static final LeaseMarks UNTOLD = new LeaseMarks(true, false, false, 0, 0, 0, 0);

  private final Map<LeaseKey, BindingFacts> taken = new HashMap<>();
  private Optional<StatusCode> refusal = Optional.empty();

  private UpdateAcks() {}

  /** Reads an answer; errors count wherever they stand, successes nowhere. */
  static UpdateAcks read(Options options) {
    UpdateAcks acks = new UpdateAcks();
    if (!acks.isRefused(options.first(Dhcp6Options.STATUS_CODE))) {
      BindingContainer.read(options).ifPresent(acks::read);
    }
    return acks;
  }

  private void read(BindingContainer container) {
    if (container instanceof PrefixBinding prefix) {
      take(LeaseKey.prefix(prefix.lease().unit()), prefix.lease());
    } else if (container instanceof Dhcp4Binding ipv4 && !isRefused(ipv4.error())) {
      take(ReceivedUpdate.dhcp4Key(ipv4.lease()), ipv4.lease());
    } else if (container instanceof ClientBinding client && !isRefused(client.error())) {
      for (BoundAssociation association : client.associations()) {
        if (!isRefused(association.error())) {
          association
              .leases()
              .forEach(lease -> take(ReceivedUpdate.key(association.kind(), lease), lease));
        }
      }
    }
  }

  private void take(LeaseKey key, BoundLease lease) {
    if (!isRefused(lease.facts().error())) {
      taken.put(key, lease.facts());
    }
  }

  private boolean isRefused(Optional<StatusCode> status) {
    Optional<StatusCode> error = status.filter(code -> code.code() != 0);
    refusal = refusal.or(() -> error);
    return error.isPresent();
  }

  /** Whether the partner took what it was told of a lease. */
  boolean isTaken(LeaseKey key) {
    return taken.containsKey(key);
  }

  /** Why something was not taken, if the partner says. */
  Optional<StatusCode> refusal() {
    return refusal;
  }

  /**
   * Whether a lease stays its client's when it was taken, with another lifetime acknowledged. If
   * that is forgotten, the partner is told of the lease again.
   */
  boolean isPromise(Lease told) {
    return told.state() == LeaseState.ACTIVE
        && taken.get(told.key()).partnerLifetimeSent().isPresent();
  }

  /**
   * What becomes of a lease that was taken.
   *
   * @param told as the partner was told
   * @param at when it was told, in seconds since 1970
   */
  Edit edit(Lease told, long at) {
    AbsoluteTime said = BindingWriter.lifetime(told, at);
    long lifetime =
        taken
            .get(told.key())
            .partnerLifetimeSent()
            .map(echo -> echo.secondsSince(said) > 0 ? said : echo)
            .map(echo -> echo.unixSeconds(at))
            .orElse(0L);
    return new Edit(
        told.key(),
        (present, now) -> present.flatMap(lease -> acknowledged(lease, told, lifetime, now)));
  }

  private static Optional<Lease> acknowledged(Lease present, Lease told, long lifetime, long now) {
    LeaseMarks marks = LeaseMarks.of(present);
    boolean isPromise = told.state() == LeaseState.ACTIVE;
    if (!isSame(present, told)) {
      boolean isRenewed =
          isPromise
              && lifetime != 0
              && present.state() == LeaseState.ACTIVE
              && present.isHeldBy(told.client(), told.iaid());
      return Optional.of(isRenewed ? marks.withAcked(lifetime).on(present) : present);
    }
    return isPromise && lifetime != 0
        ? Optional.of(marks.acknowledged(lifetime).on(present))
        : Ended.acknowledged(present, now);
  }

  /**
   * What becomes of a lease that was not taken; nothing of most, nor where the partner has not
   * looked at its own, for it may have taken the same before: then it is told again.
   */
  Optional<Edit> rejected(Lease told) {
    return refusal
        .filter(status -> JUDGED.contains(status.code()))
        .flatMap(status -> kept(told, LeaseMarks.NONE));
  }

  /**
   * What becomes of a unit that was asked back of a partner that has lost what it knew: it takes
   * that, and may have given the unit before. It stays the partner's, which gives nothing until
   * that lease has ended, and hears that it has the unit.
   *
   * @return empty if it was not asked back
   */
  static Optional<Edit> left(Lease told) {
    return kept(told, UNTOLD);
  }

  private static Optional<Edit> kept(Lease told, LeaseMarks marks) {
    return ReuseRule.rejected(told, 0)
        .map(
            kept ->
                new Edit(
                    told.key(),
                    (present, now) ->
                        present.map(
                            lease ->
                                isSame(lease, told)
                                    ? ReuseRule.rejected(lease, now).map(marks::on).orElse(lease)
                                    : lease)));
  }

  private static boolean isSame(Lease present, Lease told) {
    return LeaseMarks.saysTheSame(present, remembered(told, present));
  }

  /** The end of what has ended is only that of the memory of its client, which is put off. */
  private static Lease remembered(Lease told, Lease present) {
    boolean hasEnded = told.state() == LeaseState.EXPIRED || told.state() == LeaseState.RELEASED;
    LeaseTimes times = told.times();
    return hasEnded
        ? told.with(
            told.state(),
            new LeaseTimes(
                times.stateSince(),
                times.lastTransaction(),
                times.preferredUntil(),
                present.times().expires()))
        : told;
  }
}
