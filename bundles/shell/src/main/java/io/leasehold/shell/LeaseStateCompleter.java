// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.lease.LeaseState;
import java.util.Arrays;
import java.util.Collection;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes states of leases. */
@Service
public final class LeaseStateCompleter extends Completing {
  @Override
  Collection<String> words(Services services) {
    return Arrays.stream(LeaseState.values()).map(LeaseState::word).toList();
  }
}
