// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.answer;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.server.Decision.Topic;
import io.leasehold.server.explain.Explanation;
import io.leasehold.server.lease.LinkLeases;
import io.leasehold.server.plan.AddressPool;
import io.leasehold.server.plan.PrefixPool;
import io.leasehold.server.plan.Subnet;

/**
 * Why a client gets an address or prefix and no other one, in the order of {@link
 * LinkLeases#choose}.
 *
 * @param leases of the link
 * @param reserved what is reserved for the client
 * @param client who gets it
 */
record LeaseReasons(LinkLeases leases, ReservedLeases reserved, ClientIdentity client) {

  /** Tells what is granted and why. */
  void tell(Explanation to, Grant grant, boolean named) {
    Subnet subnet = grant.choice().subnet();
    String cut = grant.isCut() ? ", of " + grant.desiredSeconds() + " s that the plan wants" : "";
    to.step(
        Topic.LEASE,
        "%s for %d s%s, subnet %d, %s"
            .formatted(
                grant.key(), grant.validSeconds(), cut, subnet.id(), pool(subnet, grant.key())),
        reason(grant, named));
  }

  private String reason(Grant grant, boolean named) {
    LeaseKey key = grant.key();
    if (grant.previousOrNull() != null) {
      return "the client has it";
    }
    if (reserved.contains(key)) {
      return "reserved for the client";
    }
    if (leases.isOfferedTo(key, client)) {
      return "offered to the client before";
    }
    if (named) {
      return "the client asked for it";
    }
    Lease before = leases.table().find(key);
    if (before != null && before.client().equals(client)) {
      return "the client had it before";
    }
    boolean prefix = key.kind() == LeaseKind.IA_PD;
    Subnet subnet = grant.choice().subnet();
    return "allocator " + (prefix ? subnet.prefixAllocator() : subnet.allocator());
  }

  private static String pool(Subnet subnet, LeaseKey key) {
    if (key.kind() == LeaseKind.IA_PD) {
      for (PrefixPool pool : subnet.prefixPools()) {
        if (pool.contains(key.asPrefix())) {
          return "pd-pool " + pool.prefix();
        }
      }
    }
    for (AddressPool pool : subnet.pools()) {
      if (key.kind() != LeaseKind.IA_PD && pool.contains(key.address())) {
        return "pool " + pool.first() + " - " + pool.last();
      }
    }
    return "outside the pools";
  }
}
