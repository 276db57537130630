// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.LeaseKind;
import io.leasehold.testkit.sim.SimSeeds;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Intake, handler, leases and lane through hours of trouble; see {@link SimLab} for what is
 * checked.
 */
class ServerSimulationTest {
  static LongStream seeds() {
    return SimSeeds.orFixed(1, 2, 3, 5, 8, 13, 21, 34);
  }

  private static SimLab afterTrouble(long seed, int clients, int addresses, Duration time) {
    SimLab lab = new SimLab(seed, clients, addresses);
    lab.trouble();
    lab.world.run(time);
    return lab;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void throughTroubleNoPromiseIsBrokenAndAfterwardsEverybodyIsServed(long seed) {
    SimLab lab = afterTrouble(seed, 24, 64, Duration.ofHours(2));
    assertThat(lab.server.counters.snapshot())
        .doesNotContainKeys("pkt6-drop-defect", "pkt4-drop-defect");
    lab.heal();
    if (!lab.world.runUntil(lab::everybodyIsServed, Duration.ofHours(3))) {
      throw lab.world.failure("somebody is not served although there is enough for everybody");
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void plansMayChangeUnderClientsThatLive(long seed) {
    SimLab lab = new SimLab(seed, 16, 96);
    lab.trouble();
    lab.changePlans();
    lab.world.run(Duration.ofHours(3));
    assertThat(lab.server.counters.snapshot())
        .doesNotContainKeys("pkt6-drop-defect", "pkt4-drop-defect");
    lab.heal();
    if (!lab.world.runUntil(
        () -> lab.everybodyIsServed() && lab.onlyLastingIsHeld(), Duration.ofHours(3))) {
      throw lab.world.failure("somebody is not served under the last plan");
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whenThereIsTooLittleItIsUsedToTheLastUnit(long seed) {
    SimLab lab = afterTrouble(seed, 40, 8, Duration.ofMinutes(90));
    lab.heal();
    for (LeaseKind kind : List.of(LeaseKind.IA_NA, LeaseKind.IPV4)) {
      if (!lab.world.runUntil(() -> lab.heldAddresses(kind) == 16, Duration.ofHours(3))) {
        throw lab.world.failure(
            "only " + lab.heldAddresses(kind) + " of 16 addresses are in use: " + kind);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void oneSeedGivesOneHistory(long seed) {
    assertThat(history(seed)).isEqualTo(history(seed));
  }

  private static long history(long seed) {
    SimLab lab = afterTrouble(seed, 12, 16, Duration.ofHours(1));
    return lab.world.history();
  }
}
