// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.relay.RelayStatus;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists prefixes that were delegated through relay agents of this host. */
@Service
@Command(
    scope = "dhcp",
    name = "relay-prefixes",
    description = "Lists prefixes that were delegated through relay agents of this host",
    detailedDescription = "Example: dhcp:relay-prefixes")
public final class RelayPrefixesCommand extends DhcpCommand {

  @Override
  void run() throws CommandFailure {
    Rows rows = new Rows("prefix", "next hop", "interface", "valid until", "routed", "agent");
    for (RelayStatus agent : installed(RelayStatus.class, "relay agent", "leasehold-relay")) {
      for (RelayStatus.DelegatedPrefix each : agent.prefixes()) {
        rows.add(
            each.prefix(),
            each.nextHop(),
            each.interfaceName(),
            each.validUntil(),
            each.routed(),
            agent.name());
      }
    }
    rows.print(out, json, "no prefix was delegated");
  }
}
