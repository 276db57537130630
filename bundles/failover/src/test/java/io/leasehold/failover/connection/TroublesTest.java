// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.failover.effect.Effect;
import io.leasehold.failover.effect.Outbox;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is tried again and again is no flood of lines. */
final class TroublesTest {
  private final Outbox outbox = new Outbox();
  private final Troubles troubles = new Troubles(outbox);

  private List<Effect> said() {
    List<Effect> said = new ArrayList<>();
    for (Effect effect = outbox.poll(); effect != null; effect = outbox.poll()) {
      said.add(effect);
    }
    return said;
  }

  @Test
  void reasonsThatTakeTurnsAreSaidOnce() {
    for (int i = 0; i < 100; i++) {
      troubles.refused("another name");
      troubles.ended("nobody listens");
    }
    assertThat(said())
        .containsExactly(
            new Effect.Report(true, "another name"),
            new Effect.Report(false, "no connection: nobody listens"));
  }

  @Test
  void howFarClocksAreApartIsNoNewReason() {
    for (int i = 598; i < 604; i++) {
      troubles.refused("refused: clocks are " + i + " s apart; 5 s are accepted");
    }
    assertThat(said())
        .containsExactly(
            new Effect.Report(true, "refused: clocks are 598 s apart; 5 s are accepted"));
  }

  @Test
  void afterAConnectionItIsSaidAgain() {
    troubles.ended("nobody listens");
    troubles.over();
    troubles.ended("nobody listens");
    assertThat(said()).hasSize(2);
  }

  @Test
  void whatWasToldElsewhereIsNotSaid() {
    troubles.told("the partner was silent");
    troubles.ended("the partner was silent");
    assertThat(said()).isEmpty();
  }

  @Test
  void notEverythingIsRemembered() {
    for (int i = 0; i <= Troubles.MOST; i++) {
      troubles.ended("reason " + i);
    }
    assertThat(said()).hasSize(Troubles.MOST + 1);
    troubles.ended("reason " + Troubles.MOST);
    assertThat(said()).isEmpty();
    troubles.ended("reason 0");
    assertThat(said()).hasSize(1);
  }
}
