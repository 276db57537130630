// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.allocation.FreeUnits;
import io.leasehold.server.memory.OffHeap;

/**
 * Units that are free only when they have been given, the one that waited longest first. None is at
 * the beginning.
 */
final class GivenUnits implements FreeUnits, OffHeapUnits {
  private final UnitQueue waiting;

  GivenUnits(OffHeap memory, long seed) {
    waiting = new UnitQueue(memory, seed);
  }

  @Override
  public long take() {
    return waiting.removeFirst();
  }

  @Override
  public boolean take(long unit) {
    return waiting.remove(unit);
  }

  @Override
  public void give(long unit) {
    if (!waiting.contains(unit)) {
      waiting.addLast(unit);
    }
  }

  @Override
  public boolean isFree(long unit) {
    return waiting.contains(unit);
  }

  @Override
  public long free() {
    return waiting.size();
  }

  @Override
  public void release() {
    waiting.clear();
  }
}
