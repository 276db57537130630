// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.pool;

import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.util.Optional;

/** Leases and standings that tests of this package begin with. */
final class PoolSamples {
  static final ClientIdentity ALICE = client("000300010200000000aa");
  static final ClientIdentity BOB = client("000300010200000000bb");

  /** In the primary's half. */
  static final LeaseKey ODD = LeaseKey.address(Ipv6.ofText("2001:db8::1001"));

  /** In the secondary's half. */
  static final LeaseKey EVEN = LeaseKey.address(Ipv6.ofText("2001:db8::1002"));

  static final LeaseKey PREFIX = LeaseKey.prefix(Prefix.ofText("2001:db8:100::/56"));

  private PoolSamples() {}

  static ClientIdentity client(String duid) {
    return ClientIdentity.of(new Duid(Bytes.ofHex(duid)));
  }

  /** With an MCLT of a minute, in the state since long. */
  static RelationshipFacts facts(Role role, ServerState state) {
    return new RelationshipFacts(role, state, 0, 60, 60, 0, true);
  }

  static RelationshipFacts partnerDown(Role role, long since) {
    return new RelationshipFacts(role, ServerState.PARTNER_DOWN, since, 60, 60, since, false);
  }

  static RelationshipView view(Role role, ServerState state) {
    return RelationshipView.of(facts(role, state));
  }

  static Lease lease(LeaseKey key, LeaseState state, long since, long expires) {
    ClientIdentity client =
        state == LeaseState.ABANDONED || state == LeaseState.FREE_BACKUP
            ? ClientIdentity.NONE
            : ALICE;
    LeaseTimes times = new LeaseTimes(since, since, since, expires);
    return new Lease(key, 1, client, 7, state, times, LeaseDetails.NONE);
  }

  /** A lease with the marks of one that has changed: due, and not told of yet. */
  static Lease due(Lease lease) {
    return new LeaseMarks(true, false, false, 0, 0, 0, 0).on(lease);
  }

  /** A lease of which the partner was told and that it has not answered. */
  static Lease sent(Lease lease) {
    return new LeaseMarks(true, true, false, 0, 0, 0, 0).on(lease);
  }

  static Lease acked(Lease lease, long acked) {
    return new LeaseMarks(false, false, false, 0, acked, 0, 0).on(lease);
  }

  static Optional<Lease> some(Lease lease) {
    return Optional.of(lease);
  }
}
