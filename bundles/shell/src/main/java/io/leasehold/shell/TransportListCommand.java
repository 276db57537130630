// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.transport.EndpointStatus;
import io.leasehold.transport.Transport;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists where the server listens. */
@Service
@Command(
    scope = "dhcp",
    name = "transport-list",
    description = "Lists every endpoint of every transport, and why one does not listen",
    detailedDescription = "Example: dhcp:transport-list --json")
public final class TransportListCommand extends DhcpCommand {
  @Override
  void run() throws CommandFailure {
    List<Transport> transports =
        installed(Transport.class, "transport", "leasehold-transport-epoll");
    Map<String, List<EndpointStatus>> endpoints = status().endpoints();
    if (json) {
      out.println(Json.of(StatusText.endpoints(endpoints)));
      return;
    }
    StatusText.table(endpoints).print(out);
    for (Transport transport : transports) {
      if (!endpoints.containsKey(transport.name())) {
        out.println("Transport " + transport.name() + " is here and not used.");
      }
    }
  }
}
