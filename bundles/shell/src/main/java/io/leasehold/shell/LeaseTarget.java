// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.net.Bytes;
import io.leasehold.server.LeaseLedger;
import io.leasehold.server.LeaseQuery;
import java.util.List;
import java.util.Optional;

/** The leases that a user means by an address, a prefix or a client identifier. */
final class LeaseTarget {
  /** No client has more; an answer of this size is cut and says so. */
  static final int MOST = 10_000;

  private LeaseTarget() {}

  /**
   * Finds them; never none.
   *
   * @throws CommandFailure if there is none, or the text is nothing of the three
   */
  static List<Lease> find(LeaseLedger ledger, String text) throws CommandFailure {
    Optional<LeaseKey> key = Filters.key(text);
    if (key.isPresent()) {
      Optional<Lease> lease = DhcpCommand.await(ledger.find(key.get()));
      if (lease.isPresent()) {
        return List.of(lease.get());
      }
    }
    Optional<Bytes> client = Filters.possibleClient(text);
    if (client.isPresent()) {
      List<Lease> leases =
          DhcpCommand.await(ledger.list(ofClient(client.get()), Optional.empty(), MOST));
      if (!leases.isEmpty()) {
        return leases;
      }
    }
    if (key.isEmpty() && client.isEmpty()) {
      throw new CommandFailure(
          "'"
              + text
              + "' is not an address, a prefix (2001:db8:1::/56) or a DUID in hex (00:03:00:01:...)");
    }
    throw new CommandFailure("there is no lease of " + text);
  }

  /** The query for exactly one lease that was found. */
  static LeaseQuery only(Lease lease) {
    return new LeaseQuery(
        Optional.of(lease.subnetId()),
        Optional.of(lease.client().value()),
        Optional.of(lease.key().asPrefix()),
        Optional.of(lease.state()));
  }

  private static LeaseQuery ofClient(Bytes client) {
    return new LeaseQuery(
        Optional.empty(), Optional.of(client), Optional.empty(), Optional.empty());
  }
}
