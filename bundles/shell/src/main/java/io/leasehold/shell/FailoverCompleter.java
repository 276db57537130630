// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.failover.FailoverStatus;
import java.util.Collection;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes names of failover relationships. */
@Service
public final class FailoverCompleter extends Completing {
  @Override
  Collection<String> words(Services services) {
    return services.all(FailoverStatus.class).stream().map(FailoverStatus::name).toList();
  }
}
