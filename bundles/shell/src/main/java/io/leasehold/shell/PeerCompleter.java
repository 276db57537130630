// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.security.Peer;
import io.leasehold.security.PeerDirectory;
import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes names of peers. */
@Service
public final class PeerCompleter extends Completing {
  @Override
  Collection<String> words(Services services) {
    return services.find(PeerDirectory.class).map(PeerDirectory::peers).orElse(List.of()).stream()
        .map(Peer::id)
        .toList();
  }
}
