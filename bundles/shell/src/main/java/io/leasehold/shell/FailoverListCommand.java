// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.failover.FailoverStatus;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the failover relationships and how they are. */
@Service
@Command(
    scope = "dhcp",
    name = "failover-list",
    description = "Lists the failover relationships and how they are",
    detailedDescription =
        "The state of the partner is what it said last. Example: dhcp:failover-list --json")
public final class FailoverListCommand extends DhcpCommand {

  @Override
  void run() throws CommandFailure {
    FailoverRows.of(installed(FailoverStatus.class, "failover relationship", "leasehold-failover"))
        .print(out, json, "no relationship");
  }
}
