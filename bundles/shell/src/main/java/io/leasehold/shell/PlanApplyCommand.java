// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.server.PlanDifference;
import io.leasehold.server.PlanLifecycle;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Uses the documents, and says first what that changes. */
@Service
@Command(
    scope = "dhcp",
    name = "plan-apply",
    description = "Shows what the documents on disk change, and uses them",
    detailedDescription =
        "Nothing is done if the plan would be refused, or if leases would be orphaned and --yes is"
            + " not given. Returns when the new plan serves. Example: dhcp:plan-apply --remark 'more"
            + " addresses for the campus'")
public final class PlanApplyCommand extends PlanOrder {
  @Argument(name = "words", description = "Options after which nothing comes", multiValued = true)
  List<String> words = List.of();

  @Override
  void run() throws CommandFailure {
    if (!arguments(words).isEmpty()) {
      throw new CommandFailure("no argument is wanted; --help shows the options");
    }
    PlanLifecycle plans = lifecycle();
    PlanDifference difference = await(plans.difference());
    Map<String, Object> facts = PlanDiffText.facts(difference);
    if (!json) {
      PlanDiffText.print(out, difference);
    }
    try {
      requireConsent(difference);
      if (!difference.changes().isEmpty()) {
        await(plans.apply(difference.digest(), remark("dhcp:plan-apply")));
      }
      facts.put("applied", true);
      if (!json && !difference.changes().isEmpty()) {
        out.println("In force: " + difference.report().summary());
      }
    } finally {
      if (json) {
        facts.putIfAbsent("applied", false);
        out.println(Json.of(facts));
      }
    }
  }
}
