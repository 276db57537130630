// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.Batch;
import io.leasehold.lease.StoreStatus;
import io.leasehold.lease.StoreStatus.Condition;
import io.leasehold.store.journal.Driver.Content;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What operators see while a disk is full or cannot be written, and how the store comes back. */
@Timeout(60)
class RoomTest {
  private final Random random = new Random(8);
  private final SimMedium medium = new SimMedium(8);
  private final Driver driver = new Driver(medium, random);
  private Content model = new Content();

  private boolean commit() {
    Batch batch = Batches.any(random, 50, 20);
    boolean done = driver.commit(batch);
    model = done ? model.plus(batch) : model;
    return done;
  }

  private StoreStatus mustBe(Condition condition, String trouble) {
    StoreStatus status = driver.store().status();
    assertThat(status.condition()).isEqualTo(condition);
    assertThat(status.cause())
        .isEqualTo("disk full: " + trouble + " (No space left on device); free 1 MiB in /sim");
    return status;
  }

  @Test
  @DisplayName(
      "S-08: a full disk first degrades, then stops, says how much to free, and mends by itself")
  void fullDisk() throws Exception {
    driver.open();
    while (!medium.files().contains("segment.tmp")) {
      commit();
      driver.tidy();
    }
    medium.full(true);
    while (medium.files().contains("segment.tmp")) {
      assertThat(commit()).isTrue();
    }
    assertThat(commit()).isTrue();
    while (driver.store().status().condition() == Condition.OPEN) {
      assertThat(commit()).isTrue();
      driver.tidy();
    }
    mustBe(Condition.DEGRADED, "cannot prepare the next segment");
    while (commit()) {
      driver.tidy();
    }
    StoreStatus stopped = mustBe(Condition.STOPPED, "no room for further leases");
    driver.pass(2);
    driver.round();
    assertThat(driver.store().status().condition()).isEqualTo(Condition.STOPPED);
    medium.full(false);
    driver.pass(1);
    driver.round();
    assertThat(driver.store().status().condition()).isEqualTo(Condition.OPEN);
    assertThat(driver.store().status().epoch()).isEqualTo(stopped.epoch() + 1);
    assertThat(driver.content()).isEqualTo(model);
    assertThat(commit()).isTrue();
    medium.crash(SimFile.Loss.ALL);
    assertThat(new Driver(medium, random).open().content()).isEqualTo(model);
  }

  @Test
  @DisplayName("S-08: a full disk at the first start is said, and waited for")
  void fullFromTheStart() {
    medium.capacity(10_000);
    driver.round();
    assertThat(driver.store().status().condition()).isEqualTo(Condition.STOPPED);
    assertThat(driver.store().status().cause())
        .isEqualTo(
            "disk full: cannot open the store (No space left on device); free 1 MiB in /sim");
    medium.capacity(Long.MAX_VALUE);
    driver.pass(1);
    driver.open();
    assertThat(commit()).isTrue();
  }

  @Test
  @DisplayName("S-08: a directory that cannot be written is said, and waited for")
  void readOnly() {
    medium.readOnly(true);
    driver.round();
    assertThat(driver.store().status().cause())
        .isEqualTo("cannot open the store in /sim: Read-only file system");
    medium.readOnly(false);
    driver.pass(1);
    driver.open();
  }

  @Test
  @DisplayName("S-19: under endless renewals the journal stays within a few times the leases")
  void sizeIsBounded() throws Exception {
    driver.open();
    for (int i = 0; i < 3000; i++) {
      commit();
      driver.tidy();
      assertThat(medium.used()).isLessThan(8 * Driver.SMALL.segmentOctets());
    }
    assertThat(driver.content()).isEqualTo(model);
  }
}
