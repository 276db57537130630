// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.security.ChannelStatus;
import io.leasehold.security.Channels;
import io.leasehold.security.SecurityControl;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the channels that protect hops, and why one cannot. */
@Service
@Command(
    scope = "dhcp",
    name = "security-list",
    description = "Lists the channels that protect hops, and why one cannot",
    detailedDescription =
        "A channel of provider none, or one that is INSECURE, protects nothing. Example: dhcp:security-list --json")
public final class SecurityListCommand extends DhcpCommand {

  @Override
  void run() throws CommandFailure {
    Channels channels = installed(Channels.class, "security", "leasehold-security").get(0);
    Rows rows =
        new Rows("channel", "provider", "bundle", "state", "reason", "assurance", "connections");
    for (ChannelStatus each : channels.status()) {
      rows.add(
          each.name(),
          each.provider(),
          each.bundle(),
          each.health().state().name().toLowerCase(Locale.ROOT),
          each.health().reason(),
          each.assurance(),
          each.engines());
    }
    rows.print(out, json, "no channel is configured");
    if (!json) {
      services
          .find(SecurityControl.class)
          .ifPresent(control -> control.alarms().forEach(line -> out.println("  " + line)));
    }
  }
}
