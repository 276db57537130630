// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.allocation.FreeUnits;
import io.leasehold.server.memory.OffHeap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class FreeUnitsTest {
  private static final int MILLION = 1_000_000;
  private static final double STEPS = 40;

  private final SplittableRandom random = new SplittableRandom(7);
  private final OffHeap memory = OffHeap.unlimited();

  private ReturningUnits iterative(long units) {
    return new ReturningUnits(
        units, new AscendingUnits(units, memory, 1), new UnitQueue(memory, 2));
  }

  private ReturningUnits queue(long units) {
    return new ReturningUnits(
        units, new RandomUnits(units, random, memory), new UnitQueue(memory, 2));
  }

  @Test
  void iterativeBeginsWithTheFirstUnitAndGoesUp() {
    FreeUnits free = iterative(5);
    free.take(1);
    assertThat(List.of(free.take(), free.take(), free.take())).containsExactly(0L, 2L, 3L);
  }

  @Test
  void whatCameBackLongestAgoIsUsedFirstAfterWhatWasNeverUsed() {
    FreeUnits free = iterative(4);
    for (int i = 0; i < 3; i++) {
      free.take();
    }
    free.give(2);
    free.give(0);
    assertThat(List.of(free.take(), free.take(), free.take(), free.take()))
        .containsExactly(3L, 2L, 0L, -1L);
  }

  @Test
  void randomDoesNotGoUp() {
    RandomUnits free = new RandomUnits(1L << 40, random, memory);
    long before = free.take();
    int ascending = 0;
    for (int i = 0; i < 1000; i++) {
      long unit = free.take();
      ascending += unit > before ? 1 : 0;
      before = unit;
    }
    assertThat(ascending).isBetween(400, 600);
  }

  @Test
  void randomChoosesEveryFreeUnitEquallyOften() {
    Map<Long, Integer> seen = new HashMap<>();
    RandomUnits free = new RandomUnits(10, random, memory);
    for (long unit : new long[] {0, 3, 9, 8}) {
      free.take(unit);
    }
    free.give(3);
    for (int i = 0; i < 70_000; i++) {
      long unit = free.take();
      seen.merge(unit, 1, Integer::sum);
      free.give(unit);
    }
    assertThat(seen.keySet()).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(seen.values()).allMatch(count -> count > 9_500 && count < 10_500);
  }

  @Test
  void randomKeepsNoMoreThanWhatIsInUse() {
    RandomUnits free = new RandomUnits(1L << 50, random, memory);
    for (int i = 0; i < 100_000; i++) {
      long unit = free.take();
      assertThat(free.entries()).isLessThanOrEqualTo(2);
      free.give(unit);
      assertThat(free.entries()).isZero();
    }
  }

  @Test
  void churnInAHugePoolKeepsNoMoreThanWhatIsInUse() {
    for (ReturningUnits free : List.of(iterative(1L << 50), queue(1L << 50))) {
      for (int i = 0; i < 500_000; i++) {
        free.give(free.take());
        long hinted = random.nextLong(1L << 50);
        free.take(hinted);
        free.give(hinted);
      }
      assertThat(free.remembered()).isLessThanOrEqualTo(3 * ReturningUnits.WAITING_AT_LEAST);
    }
  }

  @Test
  void choosingCostsTheSameHoweverFullThePoolIs() {
    RandomUnits shuffled = new RandomUnits(MILLION, random, memory);
    ReturningUnits iterative = iterative(MILLION);
    ReturningUnits queue = queue(MILLION);
    assertConstantSteps(shuffled, shuffled::probes);
    assertConstantSteps(iterative, iterative::probes);
    assertConstantSteps(queue, queue::probes);
  }

  /**
   * Counts looked-at places, not time: 20,000 takes and gives at 99 % full, then as many with one
   * free unit.
   */
  private void assertConstantSteps(FreeUnits free, LongSupplier steps) {
    while (free.free() > MILLION / 100) {
      free.take();
    }
    assertThat(stepsOfOneRound(free, steps)).as("at 99 %% full").isLessThan(STEPS);
    while (free.free() > 1) {
      free.take();
    }
    assertThat(stepsOfOneRound(free, steps)).as("in the last unit").isLessThan(STEPS);
  }

  private double stepsOfOneRound(FreeUnits free, LongSupplier steps) {
    long held = 0;
    while (free.isFree(held)) {
      held++;
    }
    final long before = steps.getAsLong();
    int rounds = 20_000;
    for (int i = 0; i < rounds; i++) {
      long unit = free.take();
      assertThat(unit).isNotNegative();
      free.give(held);
      held = unit;
    }
    return (steps.getAsLong() - before) / (double) rounds;
  }
}
