// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.server.PlanLifecycle;
import io.leasehold.server.PlanVersion;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the plans that were. */
@Service
@Command(
    scope = "dhcp",
    name = "plan-history",
    description = "Lists the plans that the server has kept, the latest first",
    detailedDescription =
        "The last 20 are kept with their documents; dhcp:plan-rollback brings one back. Example:"
            + " dhcp:plan-history --json")
public final class PlanHistoryCommand extends DhcpCommand {
  @Override
  void run() throws CommandFailure {
    PlanLifecycle plans = server(PlanLifecycle.class);
    List<PlanVersion> versions = Attempt.of(plans::history);
    Rows rows = new Rows("number", "time", "in force", "digest", "summary", "remark");
    for (PlanVersion version : versions) {
      rows.add(
          version.number(),
          version.time(),
          version.inForce(),
          version.digest(),
          version.digest().isEmpty() ? "refused" : version.summary(),
          version.remark());
    }
    rows.print(out, json, "no plan has been kept yet");
  }
}
