// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.example;

import io.leasehold.allocation.AllocationPolicy;
import io.leasehold.allocation.FreeUnits;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Hands out the last unit first, then what came back, longest ago first. */
public final class TopDown implements AllocationPolicy {
  @Override
  public String name() {
    return "top-down";
  }

  @Override
  public FreeUnits open(long units, RandomGenerator random) {
    return new Units(units);
  }

  private static final class Units implements FreeUnits {
    private final long count;
    private final Set<Long> taken = new HashSet<>();
    private final Set<Long> returned = new LinkedHashSet<>();

    /** Above it, every unit is either taken or returned. */
    private long next;

    Units(long count) {
      this.count = count;
      this.next = count - 1;
    }

    @Override
    public long take() {
      while (next >= 0) {
        long unit = next--;
        if (taken.add(unit)) {
          return unit;
        }
      }
      Iterator<Long> oldest = returned.iterator();
      if (!oldest.hasNext()) {
        return -1;
      }
      long unit = oldest.next();
      oldest.remove();
      taken.add(unit);
      return unit;
    }

    @Override
    public boolean take(long unit) {
      returned.remove(unit);
      return unit >= 0 && unit < count && taken.add(unit);
    }

    @Override
    public void give(long unit) {
      if (taken.remove(unit) && unit > next) {
        returned.add(unit);
      }
    }

    @Override
    public boolean isFree(long unit) {
      return unit >= 0 && unit < count && !taken.contains(unit);
    }

    @Override
    public long free() {
      return count - taken.size();
    }
  }
}
