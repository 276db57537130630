// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.net.Family;
import io.leasehold.server.LeaseLedger;
import io.leasehold.server.LeaseQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes addresses, prefixes, client identifiers and hardware addresses of the first leases. */
@Service
public final class LeaseCompleter extends Completing {
  static final int MOST = 200;

  @Override
  Collection<String> words(Services services) throws CommandFailure {
    Set<String> words = new LinkedHashSet<>();
    for (Lease lease : first(services)) {
      words.add(lease.key().toString());
      words.addAll(clients(lease));
    }
    return words;
  }

  /** What names the client of a lease: its identifier and its hardware address. */
  static Set<String> clients(Lease lease) {
    Set<String> names = new LinkedHashSet<>();
    ClientIdentity client = lease.client();
    if (client.type() != ClientIdentity.Type.HARDWARE && !client.value().isEmpty()) {
      names.add(client.toString());
    }
    lease.hardwareAddress().ifPresent(address -> names.add(address.toString()));
    return names;
  }

  /** The first leases of each family. */
  static List<Lease> first(Services services) throws CommandFailure {
    Optional<LeaseLedger> ledger = services.find(LeaseLedger.class);
    List<Lease> leases = new ArrayList<>();
    for (Family family : ledger.isEmpty() ? new Family[0] : Family.values()) {
      LeaseQuery query = LeaseQuery.ALL.ofFamily(family);
      leases.addAll(DhcpCommand.await(ledger.get().list(query, Optional.empty(), MOST)));
    }
    return leases;
  }
}
