// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.server.LeaseQuery;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Forgets leases. */
@Service
@Command(
    scope = "dhcp",
    name = "lease-wipe",
    description = "Forgets the leases of a subnet or all leases, and who had them",
    detailedDescription =
        "Clients keep what they have until they ask again. Example: dhcp:lease-wipe --subnet 12 --yes")
public final class LeaseWipeCommand extends DhcpCommand {
  @Option(name = "--all", description = "Every lease of the server")
  boolean all;

  @Option(name = "--subnet", description = "The leases of the subnet with this id")
  @Completion(SubnetIdCompleter.class)
  Long subnet;

  @Option(name = "--yes", description = "Really")
  boolean yes;

  @Override
  void run() throws CommandFailure {
    if (all == (subnet != null)) {
      throw new CommandFailure("say which leases: either --all or --subnet ID");
    }
    if (!yes) {
      String which = all ? "every lease of the server" : "every lease of subnet " + subnet;
      throw new CommandFailure("this forgets " + which + " for good; add --yes if it is meant");
    }
    LeaseQuery query =
        all
            ? LeaseQuery.ALL
            : new LeaseQuery(
                Optional.of(subnet), Optional.empty(), Optional.empty(), Optional.empty());
    long wiped = await(ledger().wipe(query));
    if (json) {
      out.println(Json.of(Map.of("wiped", wiped)));
    } else {
      out.println("Forgot " + Words.leases(wiped) + ".");
    }
  }
}
