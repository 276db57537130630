// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.StoreStatus.Condition;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Data that was durable once and has changed is refused, with file and place; it is never silently
 * shortened.
 */
class DamageTest extends FilledStore {
  DamageTest() {
    super(13);
  }

  /** Opens a copy; gives why it is refused, or an empty text if it holds all that was written. */
  private String verdict(SimMedium changed, String what) throws Exception {
    Driver driver = new Driver(changed, new Random(1));
    driver.round();
    if (driver.store().status().condition() == Condition.STOPPED) {
      return driver.store().status().cause();
    }
    assertThat(driver.content()).as(what).isEqualTo(model);
    return "";
  }

  @Test
  @DisplayName("S-13: a changed bit anywhere is refused with file and offset, or did not matter")
  void changedBits() throws Exception {
    int refused = 0;
    for (int i = 0; i < 1500; i++) {
      SimMedium changed = medium.copy(i);
      String name = medium.files().get(random.nextInt(medium.files().size()));
      int at = random.nextInt(medium.file(name).size());
      changed.file(name).damage(at, 1 << random.nextInt(8));
      String verdict = verdict(changed, name + " at " + at);
      if (!verdict.isEmpty()) {
        refused++;
        assertThat(verdict)
            .matches("damaged: (journal|checkpoint)-[0-9a-f]{16}\\.(seg|tab) at octet [0-9]+: .*");
      }
    }
    assertThat(refused).isGreaterThan(700);
  }

  @Test
  @DisplayName("S-14: a missing, cut or swapped file is refused")
  void missingFiles() throws Exception {
    List<String> files = medium.files();
    for (String name : files) {
      SimMedium changed = medium.copy(1);
      changed.take(name);
      assertThat(verdict(changed, name)).as("without " + name).contains("damaged: ");

      changed = medium.copy(1);
      changed.file(name).truncate(medium.file(name).size() - 1);
      assertThat(verdict(changed, name)).as("cut " + name).contains("damaged: " + name);
    }
    SimMedium swapped = medium.copy(1);
    String first = files.get(files.size() - 1);
    String second = files.get(files.size() - 2);
    SimFile file = swapped.take(first);
    swapped.put(first, swapped.take(second));
    swapped.put(second, file);
    assertThat(verdict(swapped, "swapped")).contains("damaged: ");
  }

  @Test
  @DisplayName("S-14: a segment of another store is refused")
  void strangersSegment() throws Exception {
    SimMedium other = new SimMedium(2);
    Driver driver = new Driver(other, new Random(99)).open();
    driver.commit(Batches.any(random));
    driver.close();
    SimMedium mixed = medium.copy(1);
    String last = medium.files().get(medium.files().size() - 1);
    SimFile stranger = other.take(other.files().get(0));
    mixed.take(last);
    mixed.put(last, stranger);
    assertThat(verdict(mixed, "mixed")).contains("damaged: " + last);
  }

  @Test
  @DisplayName("S-14: an unfinished checkpoint is ignored")
  void unfinishedCheckpoint() throws Exception {
    SimMedium changed = medium.copy(1);
    SimFile half = new SimFile();
    half.write(0, new byte[5000]);
    changed.put("checkpoint.tmp", half);
    assertThat(verdict(changed, "unfinished")).isEmpty();
    assertThat(changed.files()).doesNotContain("checkpoint.tmp");
  }

  @Test
  void aRefusedStoreIsLookedAtAgainAndOpensOnceItIsWhole() throws Exception {
    String name = medium.files().get(0);
    SimFile whole = medium.take(name);
    Driver driver = new Driver(medium, random);
    driver.round();
    assertThat(driver.store().status().condition()).isEqualTo(Condition.STOPPED);
    medium.put(name, whole);
    driver.awaitOpen();
    assertThat(driver.content()).isEqualTo(model);
  }
}
