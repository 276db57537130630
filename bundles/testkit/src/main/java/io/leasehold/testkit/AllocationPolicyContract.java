// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.allocation.AllocationPolicy;
import io.leasehold.allocation.FreeUnits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every allocation policy promises. Subclass it for each policy. */
public abstract class AllocationPolicyContract {
  /** The policy to be tested. */
  protected abstract AllocationPolicy policy();

  private FreeUnits open(long units) {
    return policy().open(units, new SplittableRandom(1));
  }

  @Test
  void hasAWord() {
    assertThat(policy().name()).matches("[a-z][a-z0-9-]*");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 64, 1000})
  void handsOutEveryUnitOnceAndThenNone(long units) {
    FreeUnits free = open(units);
    Set<Long> seen = new HashSet<>();
    for (long i = 0; i < units; i++) {
      assertThat(free.free()).isEqualTo(units - i);
      long unit = free.take();
      assertThat(unit).isBetween(0L, units - 1);
      assertThat(seen.add(unit)).as("unit %s is new", unit).isTrue();
      assertThat(free.isFree(unit)).isFalse();
    }
    assertThat(free.take()).isEqualTo(-1);
    assertThat(free.free()).isZero();
  }

  @Test
  void aPoolOfOneUnitLivesFromHandToHand() {
    FreeUnits free = open(1);
    for (int i = 0; i < 1000; i++) {
      assertThat(free.take()).isZero();
      assertThat(free.take()).isEqualTo(-1);
      free.give(0);
    }
  }

  @Test
  void givingWhatIsFreeChangesNothing() {
    FreeUnits free = open(10);
    free.give(3);
    long taken = free.take();
    free.give(taken);
    free.give(taken);
    assertThat(free.free()).isEqualTo(10);
    Set<Long> all = new HashSet<>();
    for (int i = 0; i < 10; i++) {
      all.add(free.take());
    }
    assertThat(all).hasSize(10);
  }

  @Test
  void aCertainUnitIsTakenOnlyWhenFree() {
    FreeUnits free = open(10);
    assertThat(free.take(7)).isTrue();
    assertThat(free.take(7)).isFalse();
    free.give(7);
    assertThat(free.take(7)).isTrue();
    assertThat(free.take(10)).as("no such unit").isFalse();
    assertThat(free.isFree(10)).as("no such unit").isFalse();
  }

  @Test
  void theLargestPoolIsOpenedAtOnce() {
    FreeUnits free = open(Long.MAX_VALUE);
    assertThat(free.free()).isEqualTo(Long.MAX_VALUE);
    assertThat(free.take(Long.MAX_VALUE - 1)).isTrue();
    assertThat(free.take(1L << 40)).isTrue();
    for (int i = 0; i < 1000; i++) {
      assertThat(free.take()).isGreaterThanOrEqualTo(0);
    }
    free.give(1L << 40);
    assertThat(free.isFree(1L << 40)).isTrue();
    assertThat(free.free()).isEqualTo(Long.MAX_VALUE - 1001);
  }

  @Test
  void chanceComesOnlyFromTheGivenSource() {
    assertThat(order(new SplittableRandom(5))).isEqualTo(order(new SplittableRandom(5)));
  }

  private List<Long> order(RandomGenerator random) {
    FreeUnits free = policy().open(500, random);
    List<Long> order = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      order.add(free.take());
      if (i % 7 == 0) {
        free.give(order.get(i / 2));
      }
    }
    return order;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void anyHistoryAgreesWithAPlainSet(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    int units = random.nextInt(1, 60);
    FreeUnits free = policy().open(units, new SplittableRandom(seed));
    Set<Long> model = new HashSet<>();
    for (long unit = 0; unit < units; unit++) {
      model.add(unit);
    }
    for (int step = 0; step < 5000; step++) {
      long unit = random.nextLong(units);
      switch (random.nextInt(3)) {
        case 0 -> {
          long taken = free.take();
          assertThat(model.isEmpty() ? taken == -1 : model.remove(taken))
              .as("step %s", step)
              .isTrue();
        }
        case 1 -> assertThat(free.take(unit)).as("step %s", step).isEqualTo(model.remove(unit));
        default -> {
          free.give(unit);
          model.add(unit);
        }
      }
      assertThat(free.free()).as("step %s", step).isEqualTo(model.size());
      assertThat(free.isFree(unit)).as("step %s", step).isEqualTo(model.contains(unit));
    }
    for (long unit = 0; unit < units; unit++) {
      assertThat(free.isFree(unit)).isEqualTo(model.contains(unit));
    }
  }
}
