// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lives of pools; see {@link PoolSimulation} for what must hold. {@code ./dev sim --pool} runs
 * more.
 */
class PoolSimulationTest {
  private static final int AT_ONCE = 20;

  static LongStream scores() {
    return LongStream.range(0, 5);
  }

  @ParameterizedTest(name = "seeds from {0} times 20")
  @MethodSource("scores")
  @DisplayName("P-148 all agree when trouble is over, and no limit was exceeded before")
  void allAgreeInTheEnd(long score) {
    for (long seed = score * AT_ONCE; seed < (score + 1) * AT_ONCE; seed++) {
      new PoolSimulation(seed, null).run();
    }
  }

  /** Seeds in which whoever takes over dies while others wait for it. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {20})
  @DisplayName("P-147 a winner that dies during its takeover is replaced")
  void aWinnerThatDiesIsReplaced(long seed) {
    new PoolSimulation(seed, null).run();
  }

  @Test
  void oneSeedGivesOneHistory() {
    for (long seed = 1; seed <= 5; seed++) {
      assertThat(new PoolSimulation(seed, null).run())
          .isEqualTo(new PoolSimulation(seed, null).run());
    }
  }
}
