// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import java.util.Collection;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes ids and prefixes of subnets. */
@Service
public final class SubnetCompleter extends Completing {
  @Override
  Collection<String> words(Services services) {
    return ask(
        services,
        server ->
            server.subnets().stream()
                .flatMap(use -> Stream.of(String.valueOf(use.id()), use.prefix()))
                .distinct()
                .toList());
  }
}
