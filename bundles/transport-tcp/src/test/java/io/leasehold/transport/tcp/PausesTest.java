// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PausesTest {
  @Test
  void theyGrowFromOneBoundToTheOtherAndAreNotAllTheSame() {
    Pauses pauses = new Pauses(TcpTimes.USUAL, new Random(1));
    long most = 0;
    long bound = Duration.ofSeconds(1).toNanos();
    for (int i = 0; i < 100; i++) {
      long pause = pauses.nextNanos();
      bound = Math.min(2 * bound, Duration.ofSeconds(60).toNanos());
      assertThat(pause).isBetween(Duration.ofSeconds(1).toNanos(), bound);
      most = Math.max(most, pause);
    }
    assertThat(most).isGreaterThan(Duration.ofSeconds(30).toNanos());

    pauses.reset();

    assertThat(pauses.nextNanos()).isLessThan(Duration.ofSeconds(2).toNanos());
  }
}
