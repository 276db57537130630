// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import io.leasehold.codec.failover.BindingFacts;
import io.leasehold.codec.failover.BindingStatus;
import io.leasehold.codec.failover.BoundLease;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.LeaseKey;
import io.leasehold.net.HardwareAddress;
import java.util.Optional;

/**
 * What the partner says of one lease. Times are seconds since 1970, 0 if it does not say.
 *
 * @param key which
 * @param client whose it is or was; nobody for a bare prefix
 * @param iaid of the client's association
 * @param status as it came, PENDING-FREE too
 * @param since start-time-of-state
 * @param until state-expiration-time
 * @param heard when the partner heard the client
 * @param lifetime partner-lifetime: what our answer acknowledges
 * @param partnerHeard when we heard the client, as we have told the partner
 * @param acknowledged the longest lifetime that the partner has acknowledged to us
 * @param preferredSeconds as the client was told
 * @param validSeconds as the client was told
 * @param hardware link-layer address of a client of DHCPv4
 */
record Reported(
    LeaseKey key,
    ClientIdentity client,
    long iaid,
    BindingStatus status,
    long since,
    long until,
    long heard,
    long lifetime,
    long partnerHeard,
    long acknowledged,
    long preferredSeconds,
    long validSeconds,
    Optional<HardwareAddress> hardware) {

  /** Of a client whose link-layer address is not said. */
  Reported(
      LeaseKey key,
      ClientIdentity client,
      long iaid,
      BindingStatus status,
      long since,
      long until,
      long heard,
      long lifetime,
      long partnerHeard,
      long acknowledged,
      long preferredSeconds,
      long validSeconds) {
    this(
        key,
        client,
        iaid,
        status,
        since,
        until,
        heard,
        lifetime,
        partnerHeard,
        acknowledged,
        preferredSeconds,
        validSeconds,
        Optional.empty());
  }

  /** Of a lease whose status and its beginning are said. */
  static Reported of(LeaseKey key, ClientIdentity client, long iaid, BoundLease lease, long now) {
    BindingFacts facts = lease.facts();
    return new Reported(
        key,
        client,
        iaid,
        facts.status().orElseThrow(),
        unix(facts.statusSince(), now),
        unix(facts.statusUntil(), now),
        unix(facts.clientHeard(), now),
        unix(facts.partnerLifetime(), now),
        unix(facts.partnerHeard(), now),
        unix(facts.acknowledged(), now),
        lease.preferredSeconds(),
        lease.validSeconds());
  }

  /** The same of a client with this link-layer address. */
  Reported on(Optional<HardwareAddress> address) {
    return new Reported(
        key,
        client,
        iaid,
        status,
        since,
        until,
        heard,
        lifetime,
        partnerHeard,
        acknowledged,
        preferredSeconds,
        validSeconds,
        address);
  }

  private static long unix(Optional<AbsoluteTime> time, long now) {
    return time.map(moment -> Math.max(moment.unixSeconds(now), 0)).orElse(0L);
  }
}
