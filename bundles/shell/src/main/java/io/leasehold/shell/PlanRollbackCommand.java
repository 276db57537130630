// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.server.PlanDifference;
import io.leasehold.server.PlanLifecycle;
import io.leasehold.server.PlanReport;
import io.leasehold.server.PlanVersion;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Brings back a plan that was. */
@Service
@Command(
    scope = "dhcp",
    name = "plan-rollback",
    description = "Puts the documents of an earlier plan back, and uses them",
    detailedDescription =
        "Without a number it is the last plan before the one in force. All documents of the plan are"
            + " replaced at once; those that were there are kept in dhcp:plan-history. Nothing is done"
            + " if leases would be orphaned and --yes is not given. Example: dhcp:plan-rollback 7")
public final class PlanRollbackCommand extends PlanOrder {
  @Argument(name = "number", description = "A plan of dhcp:plan-history", multiValued = true)
  List<String> words = List.of();

  @Override
  void run() throws CommandFailure {
    PlanLifecycle plans = lifecycle();
    List<String> arguments = arguments(words);
    long number = arguments.isEmpty() ? former(plans) : PlanNumbers.read(arguments);
    PlanDifference difference = await(plans.difference(number));
    if (!json) {
      PlanDiffText.print(out, difference);
    }
    requireConsent(difference);
    PlanReport report = await(plans.rollback(number, remark("dhcp:plan-rollback " + number)));
    if (json) {
      Map<String, Object> facts = PlanDiffText.facts(difference);
      facts.put("number", number);
      out.println(Json.of(facts));
    } else {
      out.println("Plan " + number + " is in force: " + report.summary());
    }
  }

  private static long former(PlanLifecycle plans) throws CommandFailure {
    List<PlanVersion> versions = Attempt.of(plans::history);
    String current =
        versions.stream()
            .filter(PlanVersion::inForce)
            .map(PlanVersion::digest)
            .findFirst()
            .orElse("");
    long inForce =
        versions.stream()
            .filter(PlanVersion::inForce)
            .mapToLong(PlanVersion::number)
            .findFirst()
            .orElse(Long.MAX_VALUE);
    return versions.stream()
        .filter(version -> version.number() < inForce)
        .filter(version -> !version.digest().isEmpty() && !version.digest().equals(current))
        .mapToLong(PlanVersion::number)
        .findFirst()
        .orElseThrow(() -> new CommandFailure("no earlier plan has been kept"));
  }
}
