// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.server.PlanDifference;
import io.leasehold.server.PlanLifecycle;
import io.leasehold.server.PlanReport;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;

/** What commands that change the plan have in common. */
abstract class PlanOrder extends DhcpCommand {
  @Reference Session session;

  @Option(
      name = "--yes",
      aliases = "--force",
      description = "Also if leases are orphaned: no pool and no reservation has them any more")
  boolean yes;

  @Option(name = "--remark", description = "Why, for dhcp:plan-history")
  String remark;

  @Override
  boolean raise(String flag) {
    boolean consent = flag.equals("--yes") || flag.equals("--force");
    yes |= consent;
    return super.raise(flag) || consent;
  }

  @Override
  boolean take(String option, String value) {
    boolean known = option.equals("--remark");
    remark = known ? value : remark;
    return known || super.take(option, value);
  }

  final PlanLifecycle lifecycle() throws CommandFailure {
    return server(PlanLifecycle.class);
  }

  /** What the history says of a command: its name, who gave it, and why. */
  final String remark(String command) {
    Object user = session == null ? null : session.get("USER");
    return command
        + (user == null ? "" : " by " + user)
        + (remark == null || remark.isBlank() ? "" : ": " + remark.strip());
  }

  /** Refuses a plan that cannot be used or that orphans leases without consent. */
  final void requireConsent(PlanDifference difference) throws CommandFailure {
    if (!difference.report().accepted()) {
      long errors =
          difference.report().findings().stream().filter(PlanReport.Finding::error).count();
      throw new CommandFailure(
          "the plan would be refused, so nothing is done: "
              + errors
              + (errors == 1 ? " error" : " errors"));
    }
    if (difference.orphans() > 0 && !yes) {
      throw new CommandFailure(
          "nothing is done: "
              + Words.leases(difference.orphans())
              + " would be in no pool and of no reservation any more; their clients keep them until"
              + " they ask again; add --yes if it is meant");
    }
  }
}
