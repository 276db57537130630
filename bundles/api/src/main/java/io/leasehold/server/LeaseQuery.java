// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Bytes;
import io.leasehold.net.Prefix;
import java.util.Optional;

/**
 * Which leases. Every part that is present must match.
 *
 * @param subnetId of this subnet
 * @param client of the client with this identifier
 * @param within inside this prefix
 * @param state in this state
 */
public record LeaseQuery(
    Optional<Long> subnetId,
    Optional<Bytes> client,
    Optional<Prefix> within,
    Optional<LeaseState> state) {
  /** Every lease. */
  public static final LeaseQuery ALL =
      new LeaseQuery(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Whether a lease is meant. */
  public boolean matches(Lease lease) {
    return (subnetId.isEmpty() || subnetId.get() == lease.subnetId())
        && (client.isEmpty() || client.get().equals(lease.client().value()))
        && (within.isEmpty() || within.get().contains(lease.key().address()))
        && (state.isEmpty() || state.get() == lease.state());
  }
}
