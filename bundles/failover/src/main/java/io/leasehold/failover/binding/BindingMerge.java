// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.failover.BindingStatus;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.failover.lease.MomentOrder;
import io.leasehold.failover.pool.AddressHalves;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import java.util.Optional;

/**
 * What is recorded when an update of the partner is taken (RFC 8156 section 7.5.5). An end that the
 * partner reports is known to both as soon as it is taken, so the lease is free at once.
 */
final class BindingMerge {
  private static final long INFINITE = 0xffff_ffffL;
  private static final LeaseMarks UNTOLD = new LeaseMarks(true, false, false, 0, 0, 0, 0);

  private BindingMerge() {}

  /**
   * The lease afterwards; nothing if it is free, and nothing needs to be kept of it.
   *
   * @param record what is recorded
   * @param now seconds since 1970
   */
  static Optional<Lease> merge(Optional<Lease> record, Reported update, long now) {
    return switch (update.status()) {
      case ACTIVE -> Optional.of(active(record, update, now));
      case ABANDONED -> Optional.of(standing(record, update, LeaseState.ABANDONED));
      case RESET ->
          update.until() > now && !update.client().equals(ClientIdentity.NONE)
              ? Optional.of(standing(record, update, LeaseState.RESET))
              : Optional.empty();
      case EXPIRED, RELEASED -> Ended.free(standing(record, update, LeaseState.RELEASED), now);
      case PENDING_FREE, FREE -> free(record, update, now);
      case FREE_BACKUP ->
          AddressHalves.isHalved(update.key().kind())
              ? free(record, update, now)
              : Optional.of(forSecondary(record, update));
    };
  }

  /**
   * A client has it. What it was promised longest holds, by whichever partner, since it may have
   * heard of that one only; the partner hears of it if that is ours. If the client has begun anew
   * in between, with another association, it renews with that one (RFC 8415 section 12).
   */
  private static Lease active(Optional<Lease> record, Reported update, long now) {
    Lease lease = standing(record, update, LeaseState.ACTIVE);
    Optional<Lease> promised =
        record.filter(
            old ->
                old.state() == LeaseState.ACTIVE
                    && now <= old.times().expires()
                    && old.client().equals(update.client())
                    && old.times().expires() > lease.times().expires());
    if (promised.isEmpty()) {
      return lease;
    }
    Lease old = promised.get();
    LeaseTimes times =
        new LeaseTimes(
            lease.times().stateSince(),
            lease.times().lastTransaction(),
            Math.max(old.times().preferredUntil(), lease.times().preferredUntil()),
            old.times().expires());
    LeaseMarks marks = LeaseMarks.of(lease);
    LeaseMarks before = LeaseMarks.of(old);
    return new LeaseMarks(
            true,
            false,
            before.isAskedAgain(),
            marks.partnerLifetime(),
            marks.acked(),
            marks.ours(),
            marks.partnerHeard())
        .on(
            new Lease(
                lease.key(),
                lease.subnetId(),
                lease.client(),
                hasBegunAnew(old, update, now) ? lease.iaid() : old.iaid(),
                LeaseState.ACTIVE,
                times,
                lease.details()));
  }

  /** Whether the client has what is reported since what is recorded, by a clock that was right. */
  private static boolean hasBegunAnew(Lease record, Reported update, long now) {
    return BindingJudge.order(record, update) == MomentOrder.EARLIER
        && now <= update.until()
        && MomentOrder.of(update.heard(), now) != MomentOrder.LATER;
  }

  /**
   * A lease that counts as later than the end that was reported of it: its time of the client's
   * last word is so, by as little as makes partners agree. The partner has to hear of it.
   */
  static Lease later(Lease lease, Reported update) {
    LeaseTimes times = lease.times();
    long after = BindingJudge.timeOf(update) + FailoverMessage.SAME_TIME_SECONDS + 1;
    LeaseMarks marks = LeaseMarks.of(lease);
    return new LeaseMarks(
            true,
            false,
            marks.isAskedAgain(),
            marks.partnerLifetime(),
            marks.acked(),
            marks.ours(),
            marks.partnerHeard())
        .on(
            lease.with(
                lease.state(),
                new LeaseTimes(
                    times.stateSince(),
                    Math.max(times.lastTransaction(), after),
                    times.preferredUntil(),
                    times.expires())));
  }

  /**
   * A lease of which nothing is recorded, although the partner has acknowledged it: what it says of
   * its end may be too early. It is the client's until what it was promised at most is over, and
   * the partner hears of that.
   *
   * @param promised the latest that it can have been promised, seconds since 1970
   */
  static Lease kept(Reported update, long promised) {
    Lease lease = standing(Optional.empty(), update, LeaseState.ACTIVE);
    LeaseTimes times = lease.times();
    boolean isLonger = update.status() == BindingStatus.ACTIVE && times.expires() > promised;
    return LeaseMarks.of(lease)
        .askedAgain()
        .on(
            lease.with(
                LeaseState.ACTIVE,
                new LeaseTimes(
                    times.stateSince(),
                    times.lastTransaction(),
                    times.preferredUntil(),
                    isLonger ? times.expires() : promised)));
  }

  /** Free for the server whose it is; its client is remembered as it was here. */
  private static Optional<Lease> free(Optional<Lease> record, Reported update, long now) {
    ClientIdentity hint = update.client();
    return record
        .filter(old -> hint.equals(ClientIdentity.NONE) || old.client().equals(hint))
        .flatMap(
            old ->
                Ended.free(
                    old.with(old.state(), times(update, old.times(), old.times().expires())), now));
  }

  /**
   * What the secondary has to hear of again: it frees what has ended. An answer to what it was told
   * before is none to this, so the times differ; since when it has the unit does not.
   */
  static Lease handedOverAnew(Lease lease, long now) {
    LeaseTimes times = lease.times();
    long told = Math.max(now, times.preferredUntil() + 1);
    return UNTOLD.on(
        lease.with(
            LeaseState.FREE_BACKUP,
            new LeaseTimes(times.stateSince(), times.lastTransaction(), told, times.expires())));
  }

  /** The secondary's, however it was numbered among what both share. */
  private static Lease forSecondary(Optional<Lease> record, Reported update) {
    return new Lease(
        update.key(),
        record.map(Lease::subnetId).orElse(0L),
        ClientIdentity.NONE,
        0,
        LeaseState.FREE_BACKUP,
        new LeaseTimes(update.since(), 0, update.since(), LeaseTimes.NEVER),
        LeaseDetails.NONE);
  }

  /** The lease in the state that was reported, with all that is kept. */
  private static Lease standing(Optional<Lease> record, Reported update, LeaseState state) {
    Optional<Lease> ofClient = record.filter(old -> old.client().equals(update.client()));
    LeaseDetails details =
        state == LeaseState.ACTIVE
            ? withHardware(ofClient.map(Lease::details).orElse(LeaseDetails.NONE), update)
            : LeaseDetails.NONE;
    long until = update.until() != 0 ? update.until() : endWithout(state, update);
    LeaseTimes before = ofClient.map(Lease::times).orElse(new LeaseTimes(update.since(), 0, 0, 0));
    Lease lease =
        new Lease(
            update.key(),
            record.map(Lease::subnetId).orElse(0L),
            update.client(),
            update.iaid(),
            state,
            times(update, before, until),
            details);
    return marks(record, ofClient.isPresent(), update).on(lease);
  }

  /** A DHCPv4 client that ceases to send an identifier is known by its hardware. */
  private static LeaseDetails withHardware(LeaseDetails details, Reported update) {
    return update
        .hardware()
        .map(
            hardware ->
                details.with(
                    LeaseDetails.HARDWARE_ADDRESS,
                    new ByteWriter(Short.BYTES + hardware.address().length())
                        .u16(hardware.type())
                        .bytes(hardware.address())
                        .toBytes()))
        .orElse(details);
  }

  /** When a state is over whose end was not reported. */
  private static long endWithout(LeaseState state, Reported update) {
    return state == LeaseState.ABANDONED ? LeaseTimes.NEVER : update.since();
  }

  private static LeaseTimes times(Reported update, LeaseTimes before, long until) {
    long heard = Math.max(before.lastTransaction(), update.partnerHeard());
    long preferredUntil = before.preferredUntil();
    if (update.status() == BindingStatus.ACTIVE) {
      preferredUntil =
          update.preferredSeconds() == INFINITE
              ? LeaseTimes.NEVER
              : Math.min(until, until - update.validSeconds() + update.preferredSeconds());
    }
    return new LeaseTimes(update.since(), heard, preferredUntil, until);
  }

  /**
   * The marks of a lease of which the partner needs nothing. What was ever acknowledged to it is
   * never less (section 7.3): its promise to a client may rest on an earlier answer of ours.
   */
  private static LeaseMarks marks(Optional<Lease> record, boolean isSameClient, Reported update) {
    LeaseMarks before = LeaseMarks.of(record);
    return new LeaseMarks(
        false,
        false,
        false,
        Math.max(before.partnerLifetime(), update.acknowledged()),
        isSameClient ? before.acked() : 0,
        Math.max(before.ours(), update.lifetime()),
        update.heard() != 0 || !isSameClient ? update.heard() : before.partnerHeard());
  }
}
