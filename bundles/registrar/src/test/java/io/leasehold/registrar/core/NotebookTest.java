// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is noted for operators. */
final class NotebookTest {
  private final List<String> log = new ArrayList<>();
  private final Notebook notebook = new Notebook(() -> Instant.EPOCH, log::add);

  private enum Counts {
    WHAT_HAPPENED,
    WHAT_DID_NOT
  }

  @Test
  void countersHaveNamesAndBeginAtZero() {
    notebook.declare(Counts.values());
    notebook.count(Counts.WHAT_HAPPENED);
    assertThat(notebook.counters()).containsEntry("what-happened", 1L);
    assertThat(notebook.counters()).containsEntry("what-did-not", 0L);
  }

  @Test
  void alarmsAreLoggedOnceAndLastUntilTheyAreCleared() {
    notebook.alarm("peer", "it is gone");
    notebook.alarm("peer", "it is gone");
    assertThat(notebook.alarms()).containsExactly("it is gone");
    notebook.clear("peer");
    notebook.clear("peer");
    assertThat(notebook.alarms()).isEmpty();
    assertThat(log).containsExactly("it is gone", "over: it is gone");
  }

  @Test
  void eventsAndAlarmsAreBounded() {
    for (int i = 0; i < 1000; i++) {
      notebook.note("event " + i);
    }
    assertThat(notebook.events()).hasSize(Notebook.MOST_EVENTS);
    assertThat(notebook.events().get(Notebook.MOST_EVENTS - 1).what()).isEqualTo("event 999");
    assertThat(log).as("notes are not logged").isEmpty();
    for (int i = 0; i < 1000; i++) {
      notebook.alarm("subject " + i, "alarm " + i);
    }
    assertThat(notebook.alarms()).hasSize(Notebook.MOST_ALARMS);
    assertThat(notebook.alarm("subject 1", "alarm 1")).isTrue();
    assertThat(notebook.alarm("subject 999", "alarm 999")).isFalse();
  }
}
