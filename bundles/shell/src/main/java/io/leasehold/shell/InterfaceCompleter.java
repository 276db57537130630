// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.transport.EndpointStatus;
import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes interfaces that the server listens on. */
@Service
public final class InterfaceCompleter extends Completing {
  @Override
  Collection<String> words(Services services) {
    return ask(
        services,
        server ->
            server.endpoints().values().stream()
                .flatMap(List::stream)
                .map(EndpointStatus::interfaceName)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList());
  }
}
