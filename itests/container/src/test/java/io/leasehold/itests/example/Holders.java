// SPDX-License-Identifier: Apache-2.0
package io.leasehold.itests.example;

import io.leasehold.event.LeaseListener;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Knows who holds which address or prefix, as far as it was told. */
public final class Holders implements LeaseListener {
  private final Map<LeaseKey, ClientIdentity> holders = new ConcurrentHashMap<>();

  @Override
  public void committed(List<LeaseChange> changes) {
    for (LeaseChange change : changes) {
      Optional<Lease> lease = change.lease().filter(l -> l.state() == LeaseState.ACTIVE);
      if (lease.isPresent()) {
        holders.put(change.key(), lease.get().client());
      } else {
        holders.remove(change.key());
      }
    }
  }

  /** Who holds it now. */
  public Optional<ClientIdentity> of(LeaseKey key) {
    return Optional.ofNullable(holders.get(key));
  }
}
