// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import static io.leasehold.codec.failover.ServerState.COMMUNICATIONS_INTERRUPTED;
import static io.leasehold.codec.failover.ServerState.CONFLICT_DONE;
import static io.leasehold.codec.failover.ServerState.NORMAL;
import static io.leasehold.codec.failover.ServerState.PARTNER_DOWN;
import static io.leasehold.codec.failover.ServerState.POTENTIAL_CONFLICT;
import static io.leasehold.codec.failover.ServerState.RECOVER;
import static io.leasehold.codec.failover.ServerState.RECOVER_DONE;
import static io.leasehold.codec.failover.ServerState.RECOVER_WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.failover.ServerState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A connection that breaks in the middle of something. */
final class PairCutTest {
  private static final long MCLT = 3600;

  /** Time in which two servers that see each other have said everything. */
  private static final long SOON = 60;

  /** Each state in which a pair can be when the connection breaks. */
  @ParameterizedTest
  @EnumSource(
      value = ServerState.class,
      names = {"STARTUP", "RESOLUTION_INTERRUPTED", "CONFLICT_DONE"},
      mode = EnumSource.Mode.EXCLUDE)
  void connectionLostInEachStateLeadsBack(ServerState state) {
    TestPair pair = cutIn(state);
    pair.pass(10);
    pair.heal();
    pair.passUntil(3 * MCLT, () -> pair.areBoth(NORMAL));
    pair.pass(SOON);
    pair.assertNormal();
  }

  private static TestPair cutIn(ServerState state) {
    TestPair pair = TestPair.normal();
    pair.pass(100);
    switch (state) {
      case NORMAL -> {}
      case COMMUNICATIONS_INTERRUPTED -> {
        pair.cut();
        pair.heal();
        pair.pass(2);
      }
      case PARTNER_DOWN, RECOVER, RECOVER_WAIT, RECOVER_DONE -> {
        pair.crash(pair.primary);
        pair.secondary.order(Order.PARTNER_DOWN);
        pair.pass(50);
        pair.primary.isStoreSlow = state == RECOVER;
        pair.boot(pair.primary);
        if (state == RECOVER) {
          pair.primary.store();
          pair.settle();
          pair.primary.isStoreSlow = false;
        }
        if (state == RECOVER_DONE) {
          pair.secondary.isStoreSlow = true;
          pair.passUntil(2 * MCLT, () -> pair.primary.state() == RECOVER_DONE);
        }
      }
      case POTENTIAL_CONFLICT -> {
        pair.cut();
        pair.primary.order(Order.PARTNER_DOWN);
        pair.heal();
        // The secondary stores the MCLT before it answers CONNECT.
        pair.interruptAfter(3, () -> pair.secondary.isStoreSlow = true);
        pair.passUntil(SOON, () -> pair.primary.state() == POTENTIAL_CONFLICT);
      }
      case STARTUP, RESOLUTION_INTERRUPTED, CONFLICT_DONE -> throw new IllegalArgumentException();
    }
    assertThat(List.of(pair.primary.state(), pair.secondary.state())).contains(state);
    pair.cut();
    pair.primary.isStoreSlow = false;
    pair.secondary.isStoreSlow = false;
    pair.primary.store();
    pair.secondary.store();
    pair.settle();
    return pair;
  }

  @Test
  void conflictDoneSurvivesTheConnection() {
    TestPair pair = TestPair.normal();
    pair.pass(100);
    pair.cut();
    pair.primary.order(Order.PARTNER_DOWN);
    pair.heal();
    pair.interruptAfter(3, () -> pair.secondary.isStoreSlow = true);
    pair.passUntil(SOON, () -> pair.primary.state() == POTENTIAL_CONFLICT);
    // The secondary goes on to its conflict, and answers the primary, but stores nothing more.
    pair.secondary.store();
    pair.settle();
    assertThat(pair.primary.state()).isEqualTo(CONFLICT_DONE);
    pair.cut();
    assertThat(pair.primary.state()).isEqualTo(CONFLICT_DONE);
    pair.secondary.isStoreSlow = false;
    pair.secondary.store();
    pair.settle();
    pair.heal();
    pair.pass(2 * SOON);
    pair.assertNormal();
  }
}
