// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import java.util.Collection;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes client identifiers and hardware addresses, of the first leases only. */
@Service
public final class ClientCompleter extends Completing {
  @Override
  Collection<String> words(Services services) throws CommandFailure {
    return LeaseCompleter.first(services).stream()
        .flatMap(lease -> LeaseCompleter.clients(lease).stream())
        .distinct()
        .toList();
  }
}
