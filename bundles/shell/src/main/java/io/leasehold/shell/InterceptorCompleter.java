// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.server.InterceptorControl;
import io.leasehold.server.InterceptorStatus;
import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes names of interceptors. */
@Service
public final class InterceptorCompleter extends Completing {
  @Override
  Collection<String> words(Services services) {
    return services
        .find(InterceptorControl.class)
        .map(InterceptorControl::interceptors)
        .orElse(List.of())
        .stream()
        .map(InterceptorStatus::name)
        .toList();
  }
}
