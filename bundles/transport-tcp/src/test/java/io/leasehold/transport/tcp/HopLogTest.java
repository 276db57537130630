// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class HopLogTest {
  private final HopLog log = new HopLog();
  private final long now = System.nanoTime();

  @Test
  void theSameIsSaidOnceAMinute() {
    assertThat(log.isDue("one", now)).isTrue();
    assertThat(log.isDue("one", now + TimeUnit.SECONDS.toNanos(59))).isFalse();
    assertThat(log.isDue("two", now + TimeUnit.SECONDS.toNanos(59))).isTrue();
    assertThat(log.isDue("one", now + TimeUnit.SECONDS.toNanos(60))).isTrue();
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
