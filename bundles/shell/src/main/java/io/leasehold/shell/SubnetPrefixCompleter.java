// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.server.SubnetUse;
import java.util.Collection;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes prefixes of subnets. */
@Service
public final class SubnetPrefixCompleter extends Completing {
  @Override
  Collection<String> words(Services services) {
    return ask(services, server -> server.subnets().stream().map(SubnetUse::prefix).toList());
  }
}
