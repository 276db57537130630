// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.net.Prefix;
import io.leasehold.server.PlanEdit;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Removes a subnet. */
@Service
@Command(
    scope = "dhcp",
    name = "subnet-remove",
    description = "Removes a subnet from the plan's documents, and uses them",
    detailedDescription =
        "With all that is in it. Nothing is done if leases would be orphaned and --yes is not given."
            + " Examples: dhcp:subnet-remove 192.0.2.0/24, dhcp:subnet-remove 7 --family v6 --yes")
public final class SubnetRemoveCommand extends PlanEditing {
  @Argument(name = "subnet", description = "Its prefix or id", multiValued = true)
  @Completion(SubnetCompleter.class)
  List<String> words = List.of();

  @Override
  PlanEdit edit() throws CommandFailure {
    Prefix prefix = subnet(argument(words));
    return new PlanEdit(
        of(prefix),
        PlanEdit.Action.REMOVE_SUBNET,
        PlanEdit.Level.SUBNET,
        prefix.toString(),
        Map.of());
  }
}
