// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.pool.PoolHandle;
import java.util.Collection;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes names of pools. */
@Service
public final class PoolCompleter extends Completing {
  @Override
  Collection<String> words(Services services) {
    return PoolText.all(services).stream().map(PoolHandle::toString).toList();
  }
}
