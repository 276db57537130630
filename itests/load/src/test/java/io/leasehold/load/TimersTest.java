// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimersTest {
  private static final long ORIGIN = -5_000_000_123L;
  private static final long MILLISECOND = 1_000_000;

  private final Timers timers = new Timers(10, ORIGIN);
  private final List<Integer> due = new ArrayList<>();

  private List<Integer> advance(long millis) {
    due.clear();
    timers.advance(ORIGIN + millis * MILLISECOND, due::add);
    return due;
  }

  private void set(int slot, long millis) {
    timers.set(slot, ORIGIN + millis * MILLISECOND);
  }

  @Test
  void timersGoOffInOrderAndNeverEarly() {
    set(1, 30);
    set(2, 10);
    set(3, 30);
    set(4, 65_000);

    assertThat(advance(9)).isEmpty();
    assertThat(advance(10)).containsExactly(2);
    assertThat(advance(30)).containsExactlyInAnyOrder(1, 3);
    assertThat(advance(64_999)).isEmpty();
    assertThat(advance(65_000)).containsExactly(4);
    assertThat(advance(200_000)).isEmpty();
  }

  @Test
  void aTimerThatIsCancelledOrSetAnewDoesNotGoOff() {
    for (int slot = 1; slot <= 3; slot++) {
      set(slot, 10);
    }
    timers.cancel(2);
    set(3, 20);

    assertThat(advance(10)).containsExactly(1);
    assertThat(advance(20)).containsExactly(3);
  }

  @Test
  void aTimerMayBeSetWhileItGoesOff() {
    set(1, 5);
    timers.advance(
        ORIGIN + 5 * MILLISECOND,
        slot -> {
          due.add(slot);
          set(slot, 5);
        });

    assertThat(due).containsExactly(1);
    assertThat(advance(6)).containsExactly(1);
  }
}
