// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Prefix;
import java.util.Optional;

/**
 * Which leases. Every part that is present must match.
 *
 * @param family of this family
 * @param subnetId of the subnet with this id; the two families may have subnets with the same id
 * @param client of the client that this names, see {@link Lease#isOf}
 * @param within inside this prefix
 * @param state in this state
 */
public record LeaseQuery(
    Optional<Family> family,
    Optional<Long> subnetId,
    Optional<Bytes> client,
    Optional<Prefix> within,
    Optional<LeaseState> state) {
  /** Every lease. */
  public static final LeaseQuery ALL =
      new LeaseQuery(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Whether a lease is meant. */
  public boolean matches(Lease lease) {
    return (family.isEmpty() || family.get() == lease.key().kind().family())
        && (subnetId.isEmpty() || subnetId.get() == lease.subnetId())
        && (client.isEmpty() || lease.isOf(client.get()))
        && (within.isEmpty() || isInside(within.get(), lease))
        && (state.isEmpty() || state.get() == lease.state());
  }

  /** Every IPv4 address is in ::/0 too, and nobody who says that means it. */
  private static boolean isInside(Prefix prefix, Lease lease) {
    boolean ipv4 = lease.key().kind().family() == Family.IPV4;
    return prefix.isMapped() == ipv4 && prefix.contains(lease.key().address());
  }

  /** The same of one family only. */
  public LeaseQuery ofFamily(Family only) {
    return new LeaseQuery(Optional.of(only), subnetId, client, within, state);
  }

  /** The same of subnets with an id only. */
  public LeaseQuery ofSubnet(long id) {
    return new LeaseQuery(family, Optional.of(id), client, within, state);
  }

  /** The same of one client only, see {@link Lease#isOf}. */
  public LeaseQuery ofClient(Bytes identifier) {
    return new LeaseQuery(family, subnetId, Optional.of(identifier), within, state);
  }

  /** The same inside a prefix only. */
  public LeaseQuery inside(Prefix prefix) {
    return new LeaseQuery(family, subnetId, client, Optional.of(prefix), state);
  }

  /** The same in one state only. */
  public LeaseQuery inState(LeaseState only) {
    return new LeaseQuery(family, subnetId, client, within, Optional.of(only));
  }
}
