// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.lease.Lease;
import io.leasehold.server.LeaseLedger;
import io.leasehold.server.LeaseQuery;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes addresses, prefixes and client identifiers, of the first leases only. */
@Service
public final class LeaseCompleter extends Completing {
  static final int MOST = 200;

  @Override
  Collection<String> words(Services services) throws CommandFailure {
    Set<String> words = new LinkedHashSet<>();
    for (Lease lease : first(services)) {
      words.add(lease.key().toString());
      if (!lease.client().value().isEmpty()) {
        words.add(lease.client().toString());
      }
    }
    return words;
  }

  static List<Lease> first(Services services) throws CommandFailure {
    Optional<LeaseLedger> ledger = services.find(LeaseLedger.class);
    return ledger.isEmpty()
        ? List.of()
        : DhcpCommand.await(ledger.get().list(LeaseQuery.ALL, Optional.empty(), MOST));
  }
}
