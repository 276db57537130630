// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import java.util.Collection;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes names of counters. */
@Service
public final class CounterCompleter extends Completing {
  @Override
  Collection<String> words(Services services) {
    return ask(services, server -> server.counters().keySet());
  }
}
