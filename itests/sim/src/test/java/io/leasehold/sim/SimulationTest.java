// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lives of whole deployments; see {@link Simulation} for what must hold. {@code ./dev sim} runs
 * more.
 */
class SimulationTest {
  private static final int AT_ONCE = 10;

  /** Seeds that have found something. */
  private static final long[] FOUND = {
    22, 23, 29, 31, 32, 53, 58, 80, 101, 159, 203, 213, 217, 226, 234, 278, 332, 587, 2150, 3862,
    5009, 24275
  };

  static LongStream found() {
    return Arrays.stream(FOUND);
  }

  static LongStream tens() {
    return LongStream.range(100, 112);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("found")
  @DisplayName("S-05, S-08, S-11, S-12, S-15: what was broken once holds")
  void whatWasBrokenOnceHolds(long seed) {
    new Simulation(seed, null).run(seed);
  }

  @ParameterizedTest(name = "seeds from {0} times 10")
  @MethodSource("tens")
  @DisplayName(
      "S-05, S-08, S-11, S-12, S-13, S-15, S-23: no promise is broken, whatever goes wrong")
  void noPromiseIsBroken(long ten) {
    for (long seed = ten * AT_ONCE; seed < (ten + 1) * AT_ONCE; seed++) {
      new Simulation(seed, null).run(seed);
    }
  }

  @Test
  void nothingGrowsUnderSteadyLoad() {
    new SteadyLoad(1).run(2, line -> {});
  }

  @Test
  void oneSeedGivesOneHistory() {
    for (long seed = 1; seed <= AT_ONCE; seed++) {
      assertThat(new Simulation(seed, null).run(seed))
          .isEqualTo(new Simulation(seed, null).run(seed));
    }
  }
}
