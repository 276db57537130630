// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** So much in a second. */
final class BudgetTest {
  private static final long SECOND = 1_000_000_000L;

  private static int taken(Budget budget, long now) {
    int taken = 0;
    while (budget.take(now)) {
      taken++;
    }
    return taken;
  }

  @Test
  void soMuchAtOnceAndThenInASecond() {
    Budget budget = new Budget(10, 30);
    long start = -5 * SECOND;
    assertThat(taken(budget, start)).isEqualTo(30);
    assertThat(taken(budget, start + SECOND / 10)).isEqualTo(1);
    assertThat(taken(budget, start + SECOND)).isEqualTo(9);
    assertThat(taken(budget, start + 100 * SECOND)).isEqualTo(30);
  }

  @Test
  void itIsFullAgainAfterARest() {
    Budget budget = new Budget(10, 30);
    assertThat(budget.isFull(0)).isTrue();
    taken(budget, 0);
    assertThat(budget.isFull(3 * SECOND - 1)).isFalse();
    assertThat(budget.isFull(3 * SECOND)).isTrue();
  }
}
