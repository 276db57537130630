// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.lease.Lease;
import io.leasehold.server.LeaseLedger;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Frees leases. */
@Service
@Command(
    scope = "dhcp",
    name = "lease-release",
    description = "Frees a lease, or all leases of a client, as if the client had released it",
    detailedDescription =
        "The client is not told and goes on until it asks again. A DUID or a hardware address frees"
            + " the leases of both families. Example: dhcp:lease-release 2001:db8:1::5")
public final class LeaseReleaseCommand extends NamedLeases {
  @Override
  void run() throws CommandFailure {
    LeaseLedger ledger = ledger();
    long released = 0;
    for (Lease lease : leases()) {
      released += await(ledger.release(LeaseTarget.only(lease)));
    }
    if (json) {
      out.println(Json.of(Map.of("released", released)));
    } else {
      out.println("Released " + Words.leases(released) + ".");
    }
  }
}
