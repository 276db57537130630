// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.net.Family;
import io.leasehold.net.Prefix;
import io.leasehold.server.PlanEdit;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Removes a reservation. */
@Service
@Command(
    scope = "dhcp",
    name = "reservation-remove",
    description = "Removes a reservation from the plan's documents, and uses them",
    detailedDescription =
        "Found by its client, its address or its prefix, in all subnets unless one is named."
            + " Examples: dhcp:reservation-remove 192.0.2.5, dhcp:reservation-remove --family v6"
            + " 00:03:00:01:02:00:00:00:00:01 --subnet 12")
public final class ReservationRemoveCommand extends PlanEditing {
  @Argument(name = "which", description = "Its client, address or prefix", multiValued = true)
  List<String> words = List.of();

  @Option(name = "--subnet", description = "Only in the subnet with this prefix or id")
  @Completion(SubnetCompleter.class)
  String subnet;

  @Override
  boolean take(String option, String value) {
    boolean known = option.equals("--subnet");
    subnet = known ? value : subnet;
    return known || super.take(option, value);
  }

  @Override
  PlanEdit edit() throws CommandFailure {
    String which = argument(words);
    Family of;
    String name = "";
    if (subnet != null) {
      Prefix prefix = subnet(subnet);
      name = prefix.toString();
      of = of(prefix);
    } else {
      of = family(which);
    }
    return new PlanEdit(
        of,
        PlanEdit.Action.REMOVE_RESERVATION,
        subnet == null ? PlanEdit.Level.GLOBAL : PlanEdit.Level.SUBNET,
        name,
        Map.of("which", which));
  }

  private Family family(String which) throws CommandFailure {
    if (family != null) {
      return Families.read(family).orElseThrow();
    }
    try {
      return of(Filters.prefix(which));
    } catch (CommandFailure notAnAddress) {
      throw new CommandFailure("say of which family with --family, or in which --subnet");
    }
  }
}
