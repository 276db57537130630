// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.server.LeaseLedger;
import io.leasehold.server.LeaseQuery;
import java.util.List;
import java.util.Optional;

/** The leases that a user means by an address, a prefix, or what names a client. */
final class LeaseTarget {
  /** No client has more; an answer of this size is cut and says so. */
  static final int MOST = 10_000;

  private LeaseTarget() {}

  /**
   * Finds them; never none.
   *
   * @param family whose leases of a client; an address says itself
   * @throws CommandFailure if there is none, or the text is nothing of the three
   */
  static List<Lease> find(LeaseLedger ledger, String text, Optional<Family> family)
      throws CommandFailure {
    Optional<LeaseKey> key = Filters.key(text);
    if (key.isPresent()) {
      Optional<Lease> lease = DhcpCommand.await(ledger.find(key.get()));
      if (lease.isPresent()) {
        return List.of(lease.get());
      }
    }
    Optional<Bytes> client = Filters.possibleClient(text);
    if (client.isPresent()) {
      LeaseQuery all = family.map(LeaseQuery.ALL::ofFamily).orElse(LeaseQuery.ALL);
      List<Lease> leases =
          DhcpCommand.await(ledger.list(all.ofClient(client.get()), Optional.empty(), MOST));
      if (!leases.isEmpty()) {
        return leases;
      }
    }
    if (key.isEmpty() && client.isEmpty()) {
      throw new CommandFailure(
          "'"
              + text
              + "' is not an address, a prefix (2001:db8:1::/56), or a DUID, client identifier or"
              + " hardware address in hex (02:00:00:00:00:01)");
    }
    throw new CommandFailure("there is no lease of " + text);
  }

  /** The query for exactly one lease that was found. */
  static LeaseQuery only(Lease lease) {
    return LeaseQuery.ALL
        .ofFamily(lease.key().kind().family())
        .ofSubnet(lease.subnetId())
        .ofClient(lease.client().value())
        .inside(lease.key().asPrefix())
        .inState(lease.state());
  }
}
