// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What each connection brings is told once an hour. */
final class RepetitionTest {
  private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

  private final Repetition repetition = new Repetition();

  @Test
  void theSameIsToldOnceAnHour() {
    int told = 0;
    for (int second = 0; second < 3 * 3600; second += 5) {
      told += repetition.isTold("no fresh list", START.plusSeconds(second)) ? 0 : 1;
    }
    assertThat(told).isEqualTo(3);
    assertThat(repetition.isTold("another", START.plusSeconds(60))).isFalse();
  }

  @Test
  void aClockThatIsSetBackKeepsNothingSecret() {
    assertThat(repetition.isTold("no fresh list", START)).isFalse();
    assertThat(repetition.isTold("no fresh list", START.minusSeconds(1))).isFalse();
  }

  @Test
  void notEverythingIsRemembered() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(repetition.isTold("line " + i, START)).isFalse();
    }
    assertThat(repetition.isTold("line 9999", START)).isTrue();
    assertThat(repetition.isTold("line 0", START)).isFalse();
  }
}
