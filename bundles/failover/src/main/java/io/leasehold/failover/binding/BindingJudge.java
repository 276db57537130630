// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import io.leasehold.codec.failover.BindingStatus;
import io.leasehold.failover.lease.MomentOrder;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseState;
import java.util.Optional;

/** Whether an update of the partner is taken: RFC 8156 section 7.5.4 and its Figure 4. */
record BindingJudge(Role role) {
  /** What is said to an update. */
  enum Verdict {
    /** It is taken. */
    ACCEPTED,
    /** What is recorded is newer. */
    OUTDATED,
    /** Another client has it, by a server that does not yield. */
    IN_USE
  }

  /**
   * Judges.
   *
   * @param record what is recorded; without that everything is taken
   * @param now seconds since 1970
   */
  Verdict judge(Optional<Lease> record, Reported update, long now) {
    return record.map(lease -> judge(lease, update, now)).orElse(Verdict.ACCEPTED);
  }

  private Verdict judge(Lease record, Reported update, long now) {
    LeaseState state = record.state();
    if (state == LeaseState.ACTIVE) {
      return switch (update.status()) {
        case ACTIVE -> overActive(record, update);
        case EXPIRED, PENDING_FREE, FREE, FREE_BACKUP ->
            outdatedUnless(now >= record.times().expires());
        case RELEASED, ABANDONED, RESET -> byTime(record, update);
      };
    }
    if (state == LeaseState.PENDING_FREE && update.status() == BindingStatus.ACTIVE) {
      // It was asked back, and given before the partner heard that: it is the partner's still.
      return Verdict.ACCEPTED;
    }
    if (state == LeaseState.RESET && update.status() == BindingStatus.ACTIVE) {
      return outdatedUnless(isHeardSince(record, update));
    }
    return byTime(record, update);
  }

  /** ACTIVE over ACTIVE: one client may have it from both; of two, the primary's stays. */
  private Verdict overActive(Lease record, Reported update) {
    if (record.client().equals(update.client())) {
      return byTime(record, update);
    }
    return isHeardSince(record, update) || role == Role.SECONDARY
        ? Verdict.ACCEPTED
        : Verdict.IN_USE;
  }

  /** The rule of time(2): the client was heard after what is recorded had begun. */
  private static boolean isHeardSince(Lease record, Reported update) {
    return update.heard() != 0
        && MomentOrder.of(update.heard(), record.times().stateSince()) == MomentOrder.LATER;
  }

  /** Outdated only if what is recorded is clearly later; an update is sent again if it is lost. */
  private static Verdict byTime(Lease record, Reported update) {
    return outdatedUnless(order(record, update) != MomentOrder.LATER);
  }

  /** How the record stands to the update, in time. */
  static MomentOrder order(Lease record, Reported update) {
    return MomentOrder.of(timeOf(record), timeOf(update));
  }

  private static Verdict outdatedUnless(boolean isAccepted) {
    return isAccepted ? Verdict.ACCEPTED : Verdict.OUTDATED;
  }

  private static long timeOf(Lease record) {
    long heard = record.times().lastTransaction();
    return heard != 0 ? heard : record.times().stateSince();
  }

  private static long timeOf(Reported update) {
    return switch (update.status()) {
      case ACTIVE, EXPIRED, RELEASED -> update.heard() != 0 ? update.heard() : update.since();
      default -> Math.max(update.heard(), update.since());
    };
  }
}
