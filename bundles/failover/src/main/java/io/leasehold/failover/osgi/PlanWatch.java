// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.osgi;

import io.leasehold.allocation.GovernedLeases;
import io.leasehold.failover.effect.Moment;
import java.util.List;
import java.util.function.Supplier;

/** Looks now and then whether the pools of a relationship are others. For one thread. */
final class PlanWatch {
  private static final long SECONDS = 2;

  private final Supplier<List<GovernedLeases.Pool>> pools;
  private List<GovernedLeases.Pool> seen;
  private long next;
  private boolean began;

  PlanWatch(Supplier<List<GovernedLeases.Pool>> pools) {
    this.pools = pools;
    this.seen = pools.get();
  }

  /** Whether they have changed since it was last asked. */
  boolean hasChanged(Moment now) {
    if (began && !now.isAt(next)) {
      return false;
    }
    began = true;
    next = now.deadline(SECONDS);
    List<GovernedLeases.Pool> present = pools.get();
    boolean changed = !present.equals(seen);
    seen = present;
    return changed;
  }

  /** When it should be asked again. */
  long deadline() {
    return began ? next : Moment.NEVER;
  }
}
