// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.server.RelayLedger;
import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes addresses of relay agents that the server has heard and nobody vouches for. */
@Service
public final class RelayAddressCompleter extends Completing {
  @Override
  Collection<String> words(Services services) {
    return services.find(RelayLedger.class).map(RelayLedger::relays).orElse(List.of()).stream()
        .filter(relay -> relay.peer().isEmpty())
        .map(relay -> relay.address().toString())
        .toList();
  }
}
