// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.hop.Connections;
import io.leasehold.hop.LinkStatus;
import java.util.Collection;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes connections. */
@Service
public final class LinkCompleter extends Completing {
  @Override
  Collection<String> words(Services services) {
    return services.all(Connections.class).stream()
        .flatMap(transport -> transport.links().stream())
        .map(LinkStatus::id)
        .toList();
  }
}
