// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.allocation.AllocationPolicy;
import io.leasehold.allocation.FreeUnits;
import io.leasehold.server.memory.OffHeap;
import java.util.SplittableRandom;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What pools keep of their units outside the heap, beside sorted sets. */
class UnitSetTest {
  private final OffHeap memory = OffHeap.unlimited();

  @Property(tries = 20)
  void aSetHoldsWhatWasAdded(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    UnitSet set = new UnitSet(memory, seed);
    TreeSet<Long> model = new TreeSet<>();
    long range = 1L << random.nextInt(3, 62);
    for (int step = 0; step < 20_000; step++) {
      boolean growing = step % 8000 < 5000;
      boolean known = random.nextInt(3) == 0 && !model.isEmpty();
      long unit = known ? model.first() : random.nextLong(range);
      if (random.nextInt(4) == 0 ^ growing) {
        assertThat(set.add(unit)).isEqualTo(model.add(unit));
      } else {
        assertThat(set.remove(unit)).isEqualTo(model.remove(unit));
      }
      long other = random.nextLong(range);
      assertThat(set.contains(other)).isEqualTo(model.contains(other));
    }
    assertThat(model).allMatch(set::contains);
    set.clear();
    assertThat(memory.used()).isZero();
  }

  @Property(tries = 20)
  void everyPolicyGivesEveryUnitOnce(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (AllocationPolicy policy : StandardPolicies.ALL) {
      int units = random.nextInt(1, 3000);
      FreeUnits free = StandardPolicies.open(policy, units, random, memory);
      TreeSet<Long> used = new TreeSet<>();
      for (int step = 0; step < 9000; step++) {
        if (random.nextInt(units) >= used.size()) {
          boolean named = random.nextBoolean();
          long unit = named ? random.nextLong(units) : free.take();
          assertThat(!named || free.take(unit)).isEqualTo(unit >= 0 && used.add(unit));
        } else {
          long unit = used.ceiling(random.nextLong(used.last() + 1));
          free.give(unit);
          used.remove(unit);
        }
        assertThat(free.free()).isEqualTo(units - used.size());
        long other = random.nextLong(units);
        assertThat(free.isFree(other)).isNotEqualTo(used.contains(other));
      }
      ((OffHeapUnits) free).release();
      assertThat(memory.used()).isZero();
    }
  }

  @Test
  void unitsInARowNeedLessThanAnOctetEach() {
    int units = 1_000_000;
    for (AllocationPolicy policy : StandardPolicies.ALL) {
      FreeUnits free = StandardPolicies.open(policy, units, new SplittableRandom(1), memory);
      for (long unit = units - 1; unit >= 0; unit--) {
        free.take(unit);
      }
      assertThat(memory.used()).as(policy.name()).isLessThan(units);
      ((OffHeapUnits) free).release();
    }
  }
}
