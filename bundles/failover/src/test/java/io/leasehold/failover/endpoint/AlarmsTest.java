// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.failover.effect.Effect;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.effect.Outbox;
import org.junit.jupiter.api.Test;

final class AlarmsTest {
  private static final Moment NOW = new Moment(1_800_000_000L, 0);

  private final Outbox outbox = new Outbox();
  private final Alarms alarms = new Alarms(outbox);

  @Test
  void alarmStandsUntilItIsOver() {
    alarms.raise(Alarms.Kind.STATE, "bad", NOW);
    alarms.raise(Alarms.Kind.STORE, "worse", NOW);
    assertThat(alarms.standing()).containsExactly("bad", "worse");
    alarms.clear(Alarms.Kind.STATE, NOW);
    assertThat(alarms.standing()).containsExactly("worse");
    assertThat(alarms.events()).hasSize(3);
  }

  @Test
  void alarmIsSaidOnce() {
    alarms.raise(Alarms.Kind.STATE, "bad", NOW);
    alarms.raise(Alarms.Kind.STATE, "bad", NOW);
    alarms.clear(Alarms.Kind.STORE, NOW);
    assertThat(outbox.poll()).isEqualTo(new Effect.Report(true, "bad"));
    assertThat(outbox.poll()).isNull();
    alarms.raise(Alarms.Kind.STATE, "other", NOW);
    assertThat(outbox.poll()).isEqualTo(new Effect.Report(true, "other"));
    assertThat(alarms.standing()).containsExactly("other");
    assertThat(alarms.raised()).isEqualTo(2);
  }

  @Test
  void latestEventsAreKept() {
    for (int i = 0; i < 10 * Alarms.MOST_EVENTS; i++) {
      alarms.note("event " + i, NOW);
    }
    assertThat(alarms.events()).hasSize(Alarms.MOST_EVENTS);
    assertThat(alarms.events()).last().extracting("what").isEqualTo("event 1279");
    assertThat(alarms.events()).first().extracting("what").isEqualTo("event 1152");
  }
}
