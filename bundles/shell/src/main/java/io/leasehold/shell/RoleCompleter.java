// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.security.PeerRole;
import java.util.Arrays;
import java.util.Collection;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes roles of peers. */
@Service
public final class RoleCompleter extends Completing {
  @Override
  Collection<String> words(Services services) {
    return Arrays.stream(PeerRole.values()).map(PeerRole::word).toList();
  }
}
