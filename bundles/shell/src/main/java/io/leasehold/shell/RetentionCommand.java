// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.server.RetentionRule;
import io.leasehold.server.RetentionRules;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists what is kept of clients and for how long, by the configuration in force. */
@Service
@Command(
    scope = "dhcp",
    name = "retention",
    description = "Lists what is kept of clients and for how long, by the configuration in force",
    detailedDescription = "Example: dhcp:retention --json")
public final class RetentionCommand extends DhcpCommand {

  @Override
  void run() throws CommandFailure {
    RetentionRules rules = server(RetentionRules.class);
    Rows rows = new Rows("class", "what", "in memory", "in the store", "in logs", "because of");
    for (RetentionRule each : rules.rules()) {
      rows.add(
          each.privacyClass(),
          each.what(),
          each.memory(),
          each.store(),
          each.logs(),
          each.reason());
    }
    rows.print(out, json, "no rule");
  }
}
