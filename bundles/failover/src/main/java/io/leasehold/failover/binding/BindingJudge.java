// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import io.leasehold.codec.failover.BindingStatus;
import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.failover.lease.MomentOrder;
import io.leasehold.failover.lease.Role;
import io.leasehold.failover.pool.AddressHalves;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseState;
import java.util.Optional;

/**
 * Whether an update of the partner is taken: RFC 8156 section 7.5.4 and its Figure 4.
 *
 * @param role of this server
 * @param mcltSeconds the largest lead time by which it may have promised anything
 * @param hasLost whether it has no record of what it promised, and is just learning everything
 * @param doubtedUntil until when clients may have got what they have by clocks that were apart,
 *     seconds since 1970; 0 if they never were
 */
record BindingJudge(Role role, long mcltSeconds, boolean hasLost, long doubtedUntil) {
  /** What is said to an update. */
  enum Verdict {
    /** It is taken. */
    ACCEPTED,
    /** What is recorded is newer. */
    OUTDATED,
    /** What is recorded may be newer or not, by clocks that were apart, and counts as newer. */
    DOUBTED,
    /** Another client has it, by a server that does not yield. */
    IN_USE
  }

  /**
   * Judges.
   *
   * @param record what is recorded; without that everything is taken that needs no knowledge of it
   * @param now seconds since 1970
   */
  Verdict judge(Optional<Lease> record, Reported update, long now) {
    return record
        .map(lease -> judge(lease, update, now))
        .orElseGet(() -> outdatedUnless(!mayHaveExtended(update)));
  }

  /**
   * Whether the lease was a client's once, and may be again: this server can have extended it by
   * the lead time until its records were lost. Then the partner must not have the end acknowledged
   * before RECOVER-WAIT is over (RFC 8156 sections 4.2.2.1 and 8.6). It tells it again in NORMAL.
   */
  private boolean mayHaveExtended(Reported update) {
    return hasLost && isClientsEnd(update);
  }

  /** Of a server that has its records. */
  BindingJudge(Role role, long mcltSeconds) {
    this(role, mcltSeconds, false, 0);
  }

  /**
   * Until when this server may have promised a lease of which it has no record, seconds since 1970:
   * the partner has acknowledged it, so that there was one, and the disk is another now. The
   * promise may be later than any that the partner has heard of.
   *
   * @return 0 if there was none
   */
  long promisedUntil(Optional<Lease> record, Reported update) {
    boolean isClients =
        update.status() == BindingStatus.ACTIVE || update.status() == BindingStatus.EXPIRED;
    return record.isEmpty() && isClients && update.acknowledged() != 0
        ? update.acknowledged() + mcltSeconds
        : 0;
  }

  /** A lease lasts to the end of its last second: whole seconds are compared. */
  private Verdict judge(Lease record, Reported update, long now) {
    LeaseState state = record.state();
    if (state == LeaseState.ACTIVE) {
      return switch (update.status()) {
        case ACTIVE -> overActive(record, update, now);
        case EXPIRED, PENDING_FREE, FREE, FREE_BACKUP ->
            outdatedUnless(now > record.times().expires());
        case RELEASED, ABANDONED, RESET -> endOfActive(record, update, now);
      };
    }
    boolean isActive = update.status() == BindingStatus.ACTIVE;
    if (isActive && (state == LeaseState.PENDING_FREE || isAhead(timeOf(record), now))) {
      // It was asked back, and given before the partner heard that; or it ended by a wrong clock.
      return Verdict.ACCEPTED;
    }
    if (isActive && state == LeaseState.RESET) {
      return outdatedUnless(isHeardSince(record, update));
    }
    Optional<Verdict> moved = isCounted(record) ? moved(state, update.status()) : Optional.empty();
    if (moved.isPresent()) {
      return moved.get();
    }
    if (isHandedOver(record) && isClientsEnd(update)) {
      // At the same time it is of before, told twice.
      return outdatedUnless(
          staysHandedOver(record, update) || order(record, update) == MomentOrder.EARLIER);
    }
    return byTime(record, update);
  }

  /** What its client has lost by a word that came to the partner. */
  private Verdict endOfActive(Lease record, Reported update, long now) {
    boolean isOver = now > record.times().expires();
    if (isPromised(record, update) || isAhead(timeOf(update), now) && !isOver) {
      return Verdict.OUTDATED;
    }
    Verdict verdict = byTime(record, update);
    return verdict == Verdict.ACCEPTED && isDoubted(record) && !isOver ? Verdict.DOUBTED : verdict;
  }

  /** Whether it was given or renewed while clocks were apart, of which the partner may not know. */
  private boolean isDoubted(Lease record) {
    return timeOf(record) <= doubtedUntil && LeaseMarks.of(record).isDue();
  }

  /**
   * The primary alone moves what is shared by counting: it has asked it back, or has just given it
   * away, whatever the times of both are.
   */
  private Optional<Verdict> moved(LeaseState state, BindingStatus status) {
    boolean isBackup = status == BindingStatus.FREE_BACKUP;
    boolean isFree = status == BindingStatus.FREE || status == BindingStatus.PENDING_FREE;
    if (isBackup && state == LeaseState.PENDING_FREE
        || isFree && state == LeaseState.FREE_BACKUP && role == Role.PRIMARY) {
      return Optional.of(Verdict.OUTDATED);
    }
    return isBackup && state == LeaseState.FREE && role == Role.SECONDARY
        ? Optional.of(Verdict.ACCEPTED)
        : Optional.empty();
  }

  /**
   * Whether a unit is the secondary's also after an end that it tells, because the primary has
   * handed it over: of what was before, or came of it. That it is handed over may be on its way to
   * the secondary, which takes it whenever it hears it: free here, the unit would be both servers'.
   */
  boolean staysHandedOver(Lease record, Reported update) {
    return role == Role.PRIMARY && isHandedOver(record) && isClientsEnd(update);
  }

  /** Whether it is the secondary's only because the primary said so. */
  private static boolean isHandedOver(Lease record) {
    return record.state() == LeaseState.FREE_BACKUP && isCounted(record);
  }

  private static boolean isCounted(Lease record) {
    return !AddressHalves.isHalved(record.key().kind());
  }

  private static boolean isClientsEnd(Reported update) {
    return update.status() == BindingStatus.EXPIRED || update.status() == BindingStatus.RELEASED;
  }

  /**
   * Whether an end at the same time may be of before: the partner has not acknowledged what the
   * client has, or it speaks of another client. Then who may be using it keeps it.
   */
  private static boolean isPromised(Lease record, Reported update) {
    boolean isOther =
        !update.client().equals(ClientIdentity.NONE) && !update.client().equals(record.client());
    return order(record, update) == MomentOrder.SAME && (isOther || LeaseMarks.of(record).isDue());
  }

  /**
   * Whether something happened by a clock that was ahead: it may have been before whatever it is
   * compared with. Then who may be using the lease keeps it, by what both partners record.
   */
  private static boolean isAhead(long time, long now) {
    return MomentOrder.of(time, now) == MomentOrder.LATER;
  }

  /** ACTIVE over ACTIVE: one client may have it from both; of two, the primary's stays. */
  private Verdict overActive(Lease record, Reported update, long now) {
    if (record.client().equals(update.client())) {
      return byTime(record, update);
    }
    boolean isOver = update.until() != 0 && now > update.until();
    if (isOver && now <= record.times().expires()) {
      // The partner has not noticed yet: there are not two who may use it.
      return Verdict.OUTDATED;
    }
    boolean isAheadHere = isAhead(record.times().stateSince(), now);
    if (isAheadHere != isAhead(Math.max(update.since(), update.heard()), now)) {
      // Given or renewed by a clock that was ahead: when that was, and how long it lasts, says
      // nothing. The client of the other one is known to have it now.
      return outdatedUnless(isAheadHere);
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

  /**
   * The last contact with the client. What the partner has told of it counts, too: otherwise a copy
   * that ends here would be later news than the partner's renewal before that.
   */
  private static long timeOf(Lease record) {
    long heard = Math.max(record.times().lastTransaction(), LeaseMarks.of(record).partnerHeard());
    return heard != 0 ? heard : record.times().stateSince();
  }

  /** What the partner knows of our contacts with the client counts for it as for a record. */
  static long timeOf(Reported update) {
    long heard = Math.max(update.heard(), update.partnerHeard());
    return switch (update.status()) {
      case ACTIVE, EXPIRED, RELEASED -> heard != 0 ? heard : update.since();
      default -> Math.max(update.heard(), update.since());
    };
  }
}
