// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import java.util.Objects;

/**
 * One lease, as it stands in the server's table and in every store. Immutable.
 *
 * @param key what is leased
 * @param subnetId the plan's subnet it belongs to
 * @param client who holds it, or held it last
 * @param iaid identity association of the client (RFC 8415 section 12), unsigned 32 bit
 * @param state its state
 * @param times its times
 * @param details further facts
 */
public record Lease(
    LeaseKey key,
    long subnetId,
    ClientIdentity client,
    long iaid,
    LeaseState state,
    LeaseTimes times,
    LeaseDetails details) {

  /** Rejects impossible values. */
  public Lease {
    Objects.requireNonNull(key);
    Objects.requireNonNull(client);
    Objects.requireNonNull(state);
    Objects.requireNonNull(times);
    Objects.requireNonNull(details);
    if (iaid < 0 || iaid > 0xffff_ffffL) {
      throw new IllegalArgumentException("IAID " + iaid);
    }
  }

  /** Whether its client may use it at {@code now} (seconds since 1970). */
  public boolean isActive(long now) {
    return state == LeaseState.ACTIVE && times.expires() > now;
  }

  /** The same lease in another state from {@code times.stateSince()} on. */
  public Lease with(LeaseState newState, LeaseTimes newTimes) {
    return new Lease(key, subnetId, client, iaid, newState, newTimes, details);
  }

  /** Whether client and IAID are these. */
  public boolean isHeldBy(ClientIdentity who, long whichIaid) {
    return iaid == whichIaid && client.equals(who);
  }
}
