// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.net.Family;
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
        "Clients keep what they have until they ask again. Examples: dhcp:lease-wipe --subnet 12 --yes,"
            + " dhcp:lease-wipe --subnet 192.0.2.0/24 --yes, dhcp:lease-wipe --all --family v4 --yes")
public final class LeaseWipeCommand extends OfFamily {
  @Option(name = "--all", description = "Every lease of the server")
  boolean all;

  @Option(name = "--subnet", description = "The leases of the subnet with this id or prefix")
  @Completion(SubnetCompleter.class)
  String subnet;

  @Option(name = "--yes", description = "Really")
  boolean yes;

  @Override
  void run() throws CommandFailure {
    if (all == (subnet != null)) {
      throw new CommandFailure("say which leases: either --all or --subnet ID|PREFIX");
    }
    LeaseQuery query = query();
    if (!yes) {
      throw new CommandFailure(
          "this forgets " + which(query) + " for good; add --yes if it is meant");
    }
    long wiped = await(ledger().wipe(query));
    if (json) {
      out.println(Json.of(Map.of("wiped", wiped)));
    } else {
      out.println("Forgot " + Words.leases(wiped) + ".");
    }
  }

  private LeaseQuery query() throws CommandFailure {
    Optional<Family> only = family();
    if (all) {
      return only.map(LeaseQuery.ALL::ofFamily).orElse(LeaseQuery.ALL);
    }
    SubnetTarget target = SubnetTarget.find(status(), subnet, only);
    if (target.family().isEmpty()) {
      throw new CommandFailure(
          "the plan has no subnet "
              + target.id()
              + "; if leases of it are left, say of which family with --family");
    }
    return target.in(LeaseQuery.ALL);
  }

  private static String which(LeaseQuery query) {
    String protocol = query.family().map(only -> " of DHCP" + Families.word(only)).orElse("");
    return query
        .subnetId()
        .map(id -> "every lease of subnet " + id + protocol)
        .orElse("every lease of the server" + protocol);
  }
}
