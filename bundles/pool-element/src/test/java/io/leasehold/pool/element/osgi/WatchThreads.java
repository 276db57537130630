// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element.osgi;

import java.util.Set;
import java.util.stream.Collectors;

/** Threads that look how a server is. */
final class WatchThreads {
  private WatchThreads() {}

  static Set<Thread> alive() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(each -> each.getName().equals("leasehold-pool-element-watch"))
        .collect(Collectors.toSet());
  }
}
