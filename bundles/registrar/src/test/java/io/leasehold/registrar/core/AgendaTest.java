// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.rserpool.session.SessionEvents;
import org.junit.jupiter.api.Test;

/** What is due when. */
final class AgendaTest {
  private final Agenda<String> agenda = new Agenda<>();

  @Test
  void theEarliestComesFirstThenWhoWasEnteredFirst() {
    agenda.set("late", 7);
    agenda.set("first", 5);
    agenda.set("second", 5);

    assertThat(agenda.earliest()).isEqualTo(5);
    assertThat(agenda.take(4)).isEmpty();
    assertThat(agenda.take(5)).contains("first");
    assertThat(agenda.take(5)).contains("second");
    assertThat(agenda.take(5)).isEmpty();
    assertThat(agenda.take(9)).contains("late");
    assertThat(agenda.earliest()).isEqualTo(SessionEvents.NEVER);
  }

  @Test
  void aThingIsDueOnce() {
    agenda.set("it", 5);
    agenda.set("it", 3);
    assertThat(agenda.size()).isEqualTo(1);
    assertThat(agenda.take(9)).contains("it");
    assertThat(agenda.take(9)).isEmpty();

    agenda.set("it", 5);
    agenda.set("it", SessionEvents.NEVER);
    assertThat(agenda.size()).isZero();
    assertThat(agenda.take(Long.MAX_VALUE - 1)).isEmpty();
  }
}
