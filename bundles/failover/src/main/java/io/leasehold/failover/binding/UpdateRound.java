// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Updates that are sent together: what is told of one client at a time goes in one. */
final class UpdateRound {
  private static final int MOST_LEASES = 16;

  private final long most;
  private final List<List<Lease>> updates = new ArrayList<>();
  private final Map<ClientIdentity, List<Lease>> open = new HashMap<>();

  /** A round of so many updates at the most. */
  UpdateRound(long most) {
    this.most = most;
  }

  /** Whether a lease fits. */
  boolean hasPlace(Lease lease) {
    return updates.size() < most || !isAlone(lease) && isOpen(open.get(lease.client()));
  }

  private static boolean isOpen(List<Lease> update) {
    return update != null && update.size() < MOST_LEASES;
  }

  private static boolean isAlone(Lease lease) {
    return BindingWriter.isBare(lease)
        || BindingWriter.isDhcp4(lease)
        || lease.client().equals(ClientIdentity.NONE);
  }

  void add(Lease lease) {
    List<Lease> update = isAlone(lease) ? null : open.get(lease.client());
    if (!isOpen(update)) {
      update = new ArrayList<>();
      updates.add(update);
      if (!isAlone(lease)) {
        open.put(lease.client(), update);
      }
    }
    update.add(lease);
  }

  List<List<Lease>> updates() {
    return updates;
  }
}
