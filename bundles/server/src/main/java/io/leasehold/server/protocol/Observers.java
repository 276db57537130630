// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.hook.PacketInterceptor;
import io.leasehold.server.metric.Counters;
import java.util.List;

/**
 * Who is told of packets. Immutable; any thread.
 *
 * @param hooks interceptors in their order
 * @param counters that count them
 * @param names by which the log calls clients
 */
public record Observers(List<Hook> hooks, Counters counters, LogNames names) {
  /** Copies the list. */
  public Observers {
    hooks = List.copyOf(hooks);
  }

  /** With a log that calls nobody by name, and interceptors that may take their time. */
  public Observers(List<PacketInterceptor> hooks, Counters counters) {
    this(new HookBook(Patience.USUAL, () -> 0, counters).use(hooks), counters, LogNames.NOBODY);
  }
}
