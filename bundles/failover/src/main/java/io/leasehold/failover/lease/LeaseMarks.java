// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.lease;

import io.leasehold.codec.ByteWriter;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Bytes;
import java.util.Optional;

/**
 * What a relationship keeps with a lease (RFC 8156 section 7.3), in one detail of it. Times are
 * seconds since 1970, 0 if there is none; they are stored in 32 bits, which suffice until 2106.
 *
 * @param isDue whether the partner has still to hear of the lease as it is
 * @param isSent whether the partner may have heard of it as it is: a BNDUPD was sent
 * @param isAskedAgain whether an update of the partner was rejected as outdated since it was last
 *     updated (section 7.5.4)
 * @param partnerLifetime partner-lifetime: to be sent or sent last, not acknowledged
 * @param acked acked-partner-lifetime: the longest that the partner has acknowledged
 * @param ours expiration-time: the longest that this server has acknowledged to the partner
 * @param partnerHeard partner-raw-clt-time: when the partner heard the client, by its own clock
 */
public record LeaseMarks(
    boolean isDue,
    boolean isSent,
    boolean isAskedAgain,
    long partnerLifetime,
    long acked,
    long ours,
    long partnerHeard) {
  /** Of a lease that the partner need not hear of, and never has. */
  public static final LeaseMarks NONE = new LeaseMarks(false, false, false, 0, 0, 0, 0);

  private static final long MOST = 0xffff_ffffL;
  private static final int DUE = 1;
  private static final int SENT = 2;
  private static final int ASKED_AGAIN = 4;

  /** The marks of a lease; {@link #NONE} if it has none or they cannot be read. */
  public static LeaseMarks of(Lease lease) {
    return lease.details().get(LeaseDetails.FAILOVER).map(LeaseMarks::decode).orElse(NONE);
  }

  /** The same of a lease that may not be recorded. */
  public static LeaseMarks of(Optional<Lease> lease) {
    return lease.map(LeaseMarks::of).orElse(NONE);
  }

  private static LeaseMarks decode(Bytes value) {
    if (value.length() < 2) {
      return NONE;
    }
    int flags = value.at(0);
    int present = value.at(1);
    long[] times = new long[4];
    int at = 2;
    for (int i = 0; i < times.length; i++) {
      if ((present & 1 << i) != 0) {
        if (at + 4 > value.length()) {
          return NONE;
        }
        times[i] = value.u32(at);
        at += 4;
      }
    }
    return new LeaseMarks(
        (flags & DUE) != 0,
        (flags & SENT) != 0,
        (flags & ASKED_AGAIN) != 0,
        times[0],
        times[1],
        times[2],
        times[3]);
  }

  /**
   * Whether the partner has to hear of a lease: it is marked so, or a client has it from the time
   * before its subnet was of a relationship.
   */
  public static boolean isUntold(Lease lease) {
    LeaseMarks marks = of(lease);
    return marks.isDue() || lease.state() == LeaseState.ACTIVE && marks.equals(NONE);
  }

  /** The same of a lease that the partner may have heard of. */
  public LeaseMarks sent() {
    return new LeaseMarks(isDue, true, isAskedAgain, partnerLifetime, acked, ours, partnerHeard);
  }

  /**
   * The same when an update of the partner is rejected as outdated: it has to hear of the lease. If
   * it was rejected before, that waits for the next periodic scan, so that partners who do not
   * agree do not storm (RFC 8156 section 7.5.4).
   */
  public LeaseMarks askedAgain() {
    return isDue
        ? this
        : new LeaseMarks(true, isAskedAgain, true, partnerLifetime, acked, ours, partnerHeard);
  }

  /** Whether the lease is told of by a periodic scan only. */
  public boolean isResting() {
    return isDue && isAskedAgain && isSent;
  }

  /** The same when the partner has acknowledged this lifetime of the lease as it is. */
  public LeaseMarks acknowledged(long lifetime) {
    return new LeaseMarks(false, false, isAskedAgain, 0, lifetime, ours, partnerHeard);
  }

  /** The same when the partner has acknowledged this lifetime of the lease as it was. */
  public LeaseMarks withAcked(long lifetime) {
    return new LeaseMarks(
        isDue, isSent, isAskedAgain, partnerLifetime, lifetime, ours, partnerHeard);
  }

  /** Whether the partner would be told the same of two leases. */
  public static boolean saysTheSame(Lease one, Lease other) {
    return one.equals(other)
        || one.times().equals(other.times())
            && one.state() == other.state()
            && unsent(one).equals(unsent(other));
  }

  /** The lease with only what the partner would be told: to compare that. */
  private static Lease unsent(Lease lease) {
    LeaseMarks marks = of(lease);
    return new LeaseMarks(
            false,
            false,
            false,
            marks.partnerLifetime,
            marks.partnerLifetime == 0 ? marks.acked : 0,
            marks.ours,
            marks.partnerHeard)
        .on(lease);
  }

  /** The lease with these marks; without the detail if they are {@link #NONE}. */
  public Lease on(Lease lease) {
    LeaseDetails details =
        equals(NONE)
            ? lease.details().without(LeaseDetails.FAILOVER)
            : lease.details().with(LeaseDetails.FAILOVER, encode());
    return new Lease(
        lease.key(),
        lease.subnetId(),
        lease.client(),
        lease.iaid(),
        lease.state(),
        lease.times(),
        details);
  }

  private Bytes encode() {
    long[] times = {partnerLifetime, acked, ours, partnerHeard};
    int present = 0;
    for (int i = 0; i < times.length; i++) {
      present |= times[i] == 0 ? 0 : 1 << i;
    }
    int flags = (isDue ? DUE : 0) | (isSent ? SENT : 0) | (isAskedAgain ? ASKED_AGAIN : 0);
    ByteWriter out = new ByteWriter(2 + 4 * times.length).u8(flags).u8(present);
    for (long time : times) {
      if (time != 0) {
        out.u32(Math.min(time, MOST));
      }
    }
    return out.toBytes();
  }
}
