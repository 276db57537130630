// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class HopLogTest {
  private final HopLog log = new HopLog("test");
  private final long now = System.nanoTime();

  @Test
  void theSameIsSaidOnceAMinute() {
    assertThat(log.isDue("one", now)).isTrue();
    assertThat(log.isDue("one", now + TimeUnit.SECONDS.toNanos(59))).isFalse();
    assertThat(log.isDue("two", now + TimeUnit.SECONDS.toNanos(59))).isTrue();
    assertThat(log.isDue("one", now + TimeUnit.SECONDS.toNanos(60))).isTrue();
  }

  @Test
  void whatIsTriedForDaysIsSaidMoreAndMoreSeldom() {
    List<Long> minutes = new ArrayList<>();
    for (long second = 0; second < TimeUnit.DAYS.toSeconds(1); second += 5) {
      if (log.isDue("one", now + TimeUnit.SECONDS.toNanos(second))) {
        minutes.add(second / 60);
      }
    }
    assertThat(minutes).startsWith(0L, 1L, 3L, 7L, 15L, 31L, 63L, 123L).hasSizeLessThan(32);
    // When it was over for long enough, it is new.
    long later = now + TimeUnit.DAYS.toNanos(2);
    assertThat(log.isDue("one", later)).isTrue();
    assertThat(log.isDue("one", later + TimeUnit.SECONDS.toNanos(60))).isTrue();
  }

  @Test
  void whoMakesUpAlwaysNewReasonsDoesNotFillTheLog() {
    int lines = 0;
    for (int i = 0; i < 100_000; i++) {
      lines += log.isDue("reason " + i, now) ? 1 : 0;
    }
    assertThat(lines).isBetween(1, HopLog.MOST_LINES);
    assertThat(log.isDue("another", now + TimeUnit.SECONDS.toNanos(10))).isTrue();
  }
}
