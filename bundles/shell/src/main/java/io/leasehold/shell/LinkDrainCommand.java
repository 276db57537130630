// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.hop.Connections;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Ends or replaces a connection in good order. */
@Service
@Command(
    scope = "dhcp",
    name = "link-drain",
    description = "Ends or replaces a connection in good order",
    detailedDescription =
        "A connection that this host made is made anew; what is on its way still arrives. Example: dhcp:link-drain tcp-3")
public final class LinkDrainCommand extends DhcpCommand {

  @Argument(name = "link", description = "Its name in dhcp:link-list", multiValued = true)
  @Completion(LinkCompleter.class)
  List<String> words = List.of();

  @Override
  void run() throws CommandFailure {
    String id = argument(words);
    for (Connections transport :
        installed(Connections.class, "transport of hops", "leasehold-transport-tcp")) {
      if (transport.drain(id)) {
        out.println(json ? Json.of(Map.of("drained", id)) : "Link " + id + " drains.");
        return;
      }
    }
    throw new CommandFailure("there is no link '" + id + "'; dhcp:link-list shows all");
  }
}
