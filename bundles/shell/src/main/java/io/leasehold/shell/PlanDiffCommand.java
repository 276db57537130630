// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.server.PlanDifference;
import io.leasehold.server.PlanLifecycle;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Says what the documents would change. */
@Service
@Command(
    scope = "dhcp",
    name = "plan-diff",
    description = "Compares the documents on disk with the plan in force",
    detailedDescription =
        "With a number it compares the plan that dhcp:plan-history shows under it. Says also how many"
            + " leases would be in no pool and of no reservation any more. Changes nothing; fails"
            + " when the plan would be refused. Examples: dhcp:plan-diff, dhcp:plan-diff 7 --json")
public final class PlanDiffCommand extends DhcpCommand {
  @Argument(name = "number", description = "A plan of dhcp:plan-history", multiValued = true)
  List<String> words = List.of();

  @Override
  void run() throws CommandFailure {
    List<String> arguments = arguments(words);
    PlanLifecycle plans = server(PlanLifecycle.class);
    PlanDifference difference =
        await(
            arguments.isEmpty()
                ? plans.difference()
                : plans.difference(PlanNumbers.read(arguments)));
    if (json) {
      out.println(Json.of(PlanDiffText.facts(difference)));
    } else {
      PlanDiffText.print(out, difference);
    }
    if (!difference.report().accepted()) {
      throw new CommandFailure("this plan would be refused");
    }
  }
}
