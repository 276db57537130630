// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import io.leasehold.allocation.GovernedLeases.Rule;
import io.leasehold.codec.failover.BindingStatus;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.failover.binding.BindingJudge.Verdict;
import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import java.util.Optional;

/**
 * Takes or refuses what the partner says of a lease, where the lease is owned: comparing and
 * writing are one step. What was found is read when the edit is done.
 */
final class Reception implements Rule {
  private final Reported update;
  private final BindingJudge judge;
  private Verdict verdict = Verdict.OUTDATED;
  private Optional<Lease> merged = Optional.empty();

  Reception(Reported update, BindingJudge judge) {
    this.update = update;
    this.judge = judge;
  }

  LeaseKey key() {
    return update.key();
  }

  @Override
  public Optional<Lease> apply(Optional<Lease> present, long now) {
    long promised = judge.promisedUntil(present, update);
    if (promised > now) {
      return keep(promised);
    }
    verdict = judge.judge(present, update, now);
    merged = verdict == Verdict.ACCEPTED ? merge(present, now) : Optional.empty();
    return switch (verdict) {
      case ACCEPTED -> merged;
      case OUTDATED -> present.map(lease -> LeaseMarks.of(lease).askedAgain().on(lease));
      case DOUBTED -> present.map(lease -> BindingMerge.later(lease, update));
      case IN_USE -> present;
    };
  }

  private Optional<Lease> merge(Optional<Lease> present, long now) {
    Optional<Lease> handedOver = present.filter(lease -> judge.staysHandedOver(lease, update));
    return handedOver.isPresent()
        ? handedOver.map(lease -> BindingMerge.handedOverAnew(lease, now))
        : BindingMerge.merge(present, update, now);
  }

  /** The client's until then, of which the partner hears; that it has ended before is refused. */
  private Optional<Lease> keep(long promised) {
    Optional<Lease> kept = Optional.of(BindingMerge.kept(update, promised));
    boolean isActive = update.status() == BindingStatus.ACTIVE;
    verdict = isActive ? Verdict.ACCEPTED : Verdict.OUTDATED;
    merged = isActive ? kept : Optional.empty();
    return kept;
  }

  /** What the lease is since it was taken; nothing if it was not. */
  Optional<LeaseChange> taken() {
    return verdict == Verdict.ACCEPTED
        ? Optional.of(new LeaseChange(update.key(), merged))
        : Optional.empty();
  }

  /** Why it was not taken; nothing if it was. */
  Optional<StatusCode> refusal() {
    return switch (verdict) {
      case ACCEPTED -> Optional.empty();
      case OUTDATED, DOUBTED ->
          Optional.of(
              new StatusCode(
                  Dhcp6StatusCode.OUTDATED_BINDING_INFORMATION, "what is recorded here is newer"));
      case IN_USE ->
          Optional.of(
              new StatusCode(Dhcp6StatusCode.ADDRESS_IN_USE, "another client has it from here"));
    };
  }
}
