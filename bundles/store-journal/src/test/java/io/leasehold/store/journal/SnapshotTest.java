// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.Batch;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.NoteChange;
import io.leasehold.lease.Snapshot;
import io.leasehold.store.journal.Driver.Content;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SnapshotTest {
  private final Random random = new Random(21);
  private final SimMedium medium = new SimMedium(21);
  private final Driver driver = new Driver(medium, random);
  private Content model = new Content();

  private void write(int batches) {
    for (int i = 0; i < batches; i++) {
      Batch batch = Batches.any(random, 100, 30);
      model = model.plus(batch);
      assertThat(driver.commit(batch)).isTrue();
      driver.tidy();
    }
  }

  private static Content read(Snapshot snapshot) throws IOException {
    Content content = new Content();
    List<LeaseKey> keys = new ArrayList<>();
    Optional<Lease> lease = snapshot.nextLease();
    for (; lease.isPresent(); lease = snapshot.nextLease()) {
      keys.add(lease.get().key());
      content.leases().put(lease.get().key(), lease.get());
    }
    Optional<NoteChange> note = snapshot.nextNote();
    for (; note.isPresent(); note = snapshot.nextNote()) {
      content.notes().put(note.get().name(), note.get().value());
    }
    assertThat(keys).doesNotHaveDuplicates().isSorted();
    return content;
  }

  @Test
  @DisplayName(
      "N-01: a snapshot equals the model at its position while writes and compactions go on")
  void aSnapshotIsOfOneMoment() throws Exception {
    driver.open();
    for (int round = 0; round < 8; round++) {
      write(round * 11);
      if (round % 3 == 2) {
        driver.compact();
      }
      Content then = model.copy();
      try (Snapshot snapshot = driver.store().snapshot()) {
        long sequence = snapshot.position().sequence();
        write(40);
        driver.compact();
        write(3);
        assertThat(read(snapshot)).isEqualTo(then);
        assertThat(Long.toString(sequence + 43))
            .isEqualTo(driver.store().status().facts().get("sequence"));
      }
    }
    driver.close();
    assertThat(medium.files()).noneMatch(name -> name.endsWith(".tmp"));
    assertThat(new Driver(medium, random).open().content()).isEqualTo(model);
  }

  @Test
  void aSnapshotOutlivesTheClosingOfItsStore() throws Exception {
    driver.open();
    write(20);
    try (Snapshot snapshot = driver.store().snapshot()) {
      driver.close();
      assertThat(read(snapshot)).isEqualTo(model);
    }
  }

  @Test
  void aFullDiskRefusesASnapshotAndLeavesNothingBehind() throws Exception {
    driver.open();
    write(20);
    medium.full(true);
    assertThat(catchFailure()).contains("No space left");
    medium.full(false);
    assertThat(medium.files()).noneMatch(name -> name.startsWith("snapshot"));
    write(1);
    assertThat(driver.content()).isEqualTo(model);
  }

  private String catchFailure() {
    try (Snapshot snapshot = driver.store().snapshot()) {
      return snapshot.position().toString();
    } catch (IOException e) {
      return e.getMessage();
    }
  }
}
