// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OriginsTest {
  private static final int HERE = 0x89ab1234;

  /** In the same place as {@link #HERE}. */
  private static final int THERE = 0x12345234 & ~0xfff | HERE & 0xfff;

  private final Origins origins = new Origins(1);

  @Test
  void whatWasLearntIsKnown() {
    assertThat(origins.laneOf(HERE)).isEqualTo(Origins.UNKNOWN);
    assertThat(origins.laneOf(0)).isEqualTo(Origins.UNKNOWN);

    origins.learn(HERE, 3);
    origins.learn(0, 0);

    assertThat(origins.laneOf(HERE)).isEqualTo(3);
    assertThat(origins.laneOf(0)).isZero();
    assertThat(origins.laneOf(THERE)).isEqualTo(Origins.UNKNOWN);
  }

  @Test
  void anOriginWithLinksInSeveralLanesIsNotGuessedAt() {
    origins.learn(HERE, 3);
    origins.learn(HERE, 1);
    assertThat(origins.laneOf(HERE)).isEqualTo(Origins.UNKNOWN);
    origins.learn(HERE, 1);
    assertThat(origins.laneOf(HERE)).isEqualTo(Origins.UNKNOWN);
  }

  @Test
  void theNewestOfAPlaceIsKnown() {
    origins.learn(HERE, 3);
    origins.learn(THERE, 1023);

    assertThat(origins.laneOf(HERE)).isEqualTo(Origins.UNKNOWN);
    assertThat(origins.laneOf(THERE)).isEqualTo(1023);
  }

  @Test
  void whenLinksChangeTheirLanesNothingIsKnown() {
    origins.learn(HERE, 3);
    origins.clear();
    assertThat(origins.laneOf(HERE)).isEqualTo(Origins.UNKNOWN);
  }
}
