// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.StoreCheck;
import io.leasehold.lease.StoreRepair;
import io.leasehold.lease.StoreStatus.Condition;
import io.leasehold.store.journal.Driver.Content;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Checks and repairs of files. */
class CheckTest extends FilledStore {
  CheckTest() {
    super(31);
  }

  @Test
  void anOpenStoreIsWhole() throws Exception {
    Driver driver = new Driver(medium, random).open();
    write(driver, 7);
    StoreCheck check = driver.store().check();
    assertThat(check.damages()).isEmpty();
    assertThat(check.remarks()).isEmpty();
    assertThat(check.files()).isEqualTo(medium.files().size());
    assertThat(check.records()).isGreaterThan(model.leases().size());
    driver.compact();
    assertThat(driver.store().check().damages()).isEmpty();
  }

  @Test
  void aStoreThatHasNoRoomLeftCanBeChecked() throws Exception {
    Driver driver = new Driver(medium, random).open();
    medium.full(true);
    while (driver.commit(Batches.any(random, 100, 30))) {
      driver.tidy();
    }
    assertThat(driver.store().status().condition()).isEqualTo(Condition.STOPPED);
    assertThat(driver.store().check().damages()).isEmpty();
  }

  @Test
  void damageUnderAnOpenStoreIsSeen() throws Exception {
    Driver driver = new Driver(medium, random).open();
    for (String name : List.copyOf(medium.files())) {
      medium.file(name).damage(5000, 4);
      assertThat(driver.store().check().damages())
          .anyMatch(damage -> damage.startsWith("damaged: " + name + " at octet "));
      medium.file(name).damage(5000, 4);
    }
    assertThat(driver.store().check().damages()).isEmpty();
    assertThatThrownBy(() -> driver.store().repair(true)).hasMessageContaining("the store is open");
  }

  @Test
  void everyDamageThatKeepsAStoreFromOpeningIsFoundAndRepaired() throws Exception {
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      SimMedium changed = medium.copy(i);
      String name = medium.files().get(random.nextInt(medium.files().size()));
      changed.file(name).damage(random.nextInt(medium.file(name).size()), 1 << random.nextInt(8));
      Driver driver = new Driver(changed, new Random(i));
      driver.round();
      if (driver.store().status().condition() == Condition.STOPPED
          && driver.store().status().cause().startsWith("damaged")) {
        refused++;
        mustRepair(driver);
      }
    }
    assertThat(refused).isGreaterThan(100);
  }

  private void mustRepair(Driver driver) throws Exception {
    StoreCheck check = driver.store().check();
    assertThat(check.damages()).contains(driver.store().status().cause());
    StoreRepair asked = driver.store().repair(false);
    assertThat(asked.done()).isFalse();
    assertThat(asked.losses()).isNotEmpty();
    assertThat(driver.store().check()).isEqualTo(check);
    StoreRepair repair = driver.store().repair(true);
    assertThat(repair)
        .isEqualTo(new StoreRepair(asked.leases(), asked.notes(), asked.losses(), true));
    driver.awaitOpen();
    Content content = driver.content();
    assertThat(content.leases()).hasSize((int) repair.leases());
    // One damaged block or frame of many: most is still there.
    assertThat(content.leases().size()).isGreaterThan(model.leases().size() / 2);
    assertThat(driver.commit(Batches.any(random))).isTrue();
    assertThat(driver.store().check().damages()).isEmpty();
  }

  @Test
  void aMissingSegmentIsSaidAndTheOthersAreKept() throws Exception {
    String gone =
        medium.files().stream().filter(FileHeader.Kind.SEGMENT::names).skip(1).findFirst().get();
    medium.take(gone);
    Driver driver = new Driver(medium, random);
    driver.round();
    StoreRepair repair = driver.store().repair(true);
    assertThat(repair.losses())
        .anyMatch(loss -> loss.contains(gone) && loss.contains("the file is missing"))
        .anyMatch(loss -> loss.matches(".*batches \\d+ to \\d+ are lost before octet 4096"));
    driver.awaitOpen();
    List<LeaseKey> kept = List.copyOf(driver.content().leases().keySet());
    assertThat(kept).hasSize((int) repair.leases()).isNotEmpty();
    assertThat(medium.files()).anyMatch(name -> name.endsWith(Salvage.ASIDE));
    assertThat(UUID.fromString(driver.store().status().facts().get("store")).version())
        .isNotNegative();
  }

  @Test
  void whatAnUnfinishedWriteLeftIsARemark() throws Exception {
    SimMedium torn = new SimMedium(5);
    Driver driver = new Driver(torn, new Random(5)).open();
    driver.commit(Batches.any(random));
    String name = torn.files().get(0);
    long end = Long.parseLong(driver.store().status().facts().get("journal-octets")) + 4096;
    torn.crash(SimFile.Loss.KILLED);
    torn.file(name).damage((int) end + 100, 1);
    // Another process cannot have it while this one is not open yet.
    StoreCheck check = new Driver(torn, new Random(5)).store().check();
    assertThat(check.damages()).isEmpty();
    assertThat(check.remarks()).singleElement().asString().contains("an unfinished write");
  }
}
