// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.server.PlanEdit;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Removes an option. */
@Service
@Command(
    scope = "dhcp",
    name = "option-remove",
    description = "Removes an option from the plan's documents, and uses them",
    detailedDescription =
        "As dhcp:option-set has set it, from the same level. Example: dhcp:option-remove routers"
            + " --subnet 12")
public final class OptionRemoveCommand extends OptionEditing {
  @Argument(name = "option", description = "Its name or code", multiValued = true)
  List<String> words = List.of();

  @Override
  PlanEdit edit() throws CommandFailure {
    return edit(PlanEdit.Action.REMOVE_OPTION, argument(words), Map.of());
  }
}
