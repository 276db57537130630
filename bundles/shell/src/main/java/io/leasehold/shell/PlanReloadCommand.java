// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Takes the plan into use as it is on disk now. */
@Service
@Command(
    scope = "dhcp",
    name = "plan-reload",
    description = "Reads the server's plan again and uses it, all or nothing",
    detailedDescription =
        "Returns when the new plan serves. A refused plan leaves the running one in force, and the"
            + " command fails. Example: dhcp:plan-reload")
public final class PlanReloadCommand extends DhcpCommand {
  @Override
  void run() throws CommandFailure {
    PlanText.print(
        out,
        json,
        await(plan().reload()),
        "the plan was refused and the running one stays in force");
  }
}
