// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.lease.Lease;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows leases with all they have. */
@Service
@Command(
    scope = "dhcp",
    name = "lease-show",
    description = "Shows every fact of a lease, or of all leases of a client",
    detailedDescription =
        "A DUID or a hardware address shows the leases of both families. Examples: dhcp:lease-show"
            + " 2001:db8:1::5, dhcp:lease-show 192.0.2.5, dhcp:lease-show 2001:db8:4000::/56,"
            + " dhcp:lease-show 02:00:00:00:00:01")
public final class LeaseShowCommand extends NamedLeases {
  @Override
  void run() throws CommandFailure {
    List<Lease> leases = leases();
    if (json) {
      out.println(Json.of(leases.stream().map(LeaseText::json).toList()));
      return;
    }
    for (int i = 0; i < leases.size(); i++) {
      if (i > 0) {
        out.println();
      }
      FactLines.print(out, LeaseText.facts(leases.get(i)));
    }
  }
}
