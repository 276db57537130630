// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import static io.leasehold.codec.failover.ServerState.NORMAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.failover.lease.Role;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever breaks off at whatever moment, both servers come together again. */
final class InterruptionTest {
  private static final long MCLT = 3600;

  /** Time in which two servers that see each other have said everything. */
  private static final long SOON = 60;

  /** What two servers go through. */
  enum Scenario {
    FRESH(false, pair -> {}),
    CONTACT_IS_LOST(
        true,
        pair -> {
          pair.cut();
          pair.primary.give(1, 600);
          pair.secondary.give(2, 600);
          pair.heal();
        }),
    PRIMARY_WAS_DOWN(
        true,
        pair -> {
          pair.crash(pair.primary);
          pair.secondary.order(Order.PARTNER_DOWN);
          pair.secondary.give(2, 600);
          pair.pass(20);
          pair.boot(pair.primary);
        }),
    SECONDARY_LOST_ITS_DISK(
        true,
        pair -> {
          pair.crash(pair.secondary);
          pair.secondary.note = Optional.empty();
          pair.secondary.leases.clear();
          pair.boot(pair.secondary);
        }),
    BOTH_SERVED_ALONE(
        true,
        pair -> {
          pair.cut();
          pair.primary.order(Order.PARTNER_DOWN);
          pair.secondary.order(Order.PARTNER_DOWN);
          pair.primary.give(1, 600);
          pair.secondary.give(2, 600);
          pair.heal();
        });

    private final boolean isAfterNormal;
    private final Consumer<TestPair> story;

    Scenario(boolean isAfterNormal, Consumer<TestPair> story) {
      this.isAfterNormal = isAfterNormal;
      this.story = story;
    }

    private TestPair prepare() {
      TestPair pair = isAfterNormal ? TestPair.normal() : new TestPair();
      if (isAfterNormal) {
        pair.primary.give(11, 600);
        pair.secondary.give(12, 600);
        pair.settle();
        pair.pass(SOON);
      }
      return pair;
    }

    private void run(TestPair pair) {
      if (!isAfterNormal) {
        pair.boot();
      }
      story.accept(pair);
      pair.passUntil(MCLT + SOON, () -> pair.wasInterrupted() || pair.areBoth(NORMAL));
      pair.pass(SOON);
    }
  }

  /** Interrupts a scenario after its first event, then after its second, to its end. */
  private static void anywhere(Scenario scenario, Consumer<TestPair> trouble) {
    boolean wasInterrupted = true;
    int at = 0;
    while (wasInterrupted) {
      at++;
      TestPair pair = scenario.prepare();
      pair.interruptAfter(at, () -> trouble.accept(pair));
      scenario.run(pair);
      wasInterrupted = pair.wasInterrupted();
      for (Role role : Role.values()) {
        Node node = role == Role.PRIMARY ? pair.primary : pair.secondary;
        if (!node.isUp()) {
          pair.boot(node);
        }
      }
      pair.passUntil(3 * MCLT, () -> pair.areBoth(NORMAL));
      pair.pass(SOON);
      assertThat(pair.areBoth(NORMAL))
          .as("%s interrupted after %d: %s", scenario, at, pair.wire)
          .isTrue();
      pair.assertNormal();
    }
    assertThat(at).isGreaterThan(10);
  }

  @ParameterizedTest
  @EnumSource(Scenario.class)
  void connectionBreaks(Scenario scenario) {
    anywhere(scenario, TestPair::snap);
  }

  @ParameterizedTest
  @EnumSource(Scenario.class)
  void primaryLosesItsPower(Scenario scenario) {
    anywhere(scenario, pair -> pair.drop(pair.primary));
  }

  @ParameterizedTest
  @EnumSource(Scenario.class)
  void secondaryLosesItsPower(Scenario scenario) {
    anywhere(scenario, pair -> pair.drop(pair.secondary));
  }
}
