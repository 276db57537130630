// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final long SECOND = 1_000_000_000L;

  private static int countBefore(Schedule schedule, long end) {
    int count = 0;
    for (long last = 0; schedule.nextNanos() < end; schedule.advance()) {
      assertThat(schedule.nextNanos()).isGreaterThanOrEqualTo(last);
      last = schedule.nextNanos();
      count++;
    }
    return count;
  }

  @Test
  void evenScheduleDoesNotDrift() {
    assertThat(countBefore(Schedule.even(3333), 30 * SECOND)).isEqualTo(99_990);
    Schedule schedule = Schedule.even(4);
    schedule.advance();
    assertThat(schedule.nextNanos()).isEqualTo(SECOND / 4);
  }

  @Test
  void poissonScheduleHasTheRateAndItsVariance() {
    Schedule schedule = Schedule.poisson(1000, new SplittableRandom(1));
    double squares = 0;
    for (int second = 1; second <= 200; second++) {
      int count = countBefore(schedule, second * SECOND);
      squares += (count - 1000.0) * (count - 1000.0);
    }

    assertThat(squares / 200).isCloseTo(1000, within(350.0));
  }
}
