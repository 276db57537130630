// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import java.util.Collection;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes ids of subnets. */
@Service
public final class SubnetIdCompleter extends Completing {
  @Override
  Collection<String> words(Services services) {
    return ask(
        services,
        server -> server.subnets().stream().map(use -> String.valueOf(use.id())).toList());
  }
}
