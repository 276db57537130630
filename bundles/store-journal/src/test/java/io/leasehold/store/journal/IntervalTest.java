// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.Batch;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.StoreStatus;
import io.leasehold.store.journal.Driver.Content;
import io.leasehold.testkit.LeaseSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Syncing by interval: what it may lose, and that it says so. */
class IntervalTest {
  private static final JournalSettings SETTINGS =
      new JournalSettings(JournalSettings.Sync.INTERVAL, 2000, 64 << 10, 1000, 1 << 20);

  private final Random random = new Random(7);
  private final SimMedium medium = new SimMedium(7);

  private static Batch batch(int number) {
    return Batch.of(List.of(LeaseChange.put(LeaseSamples.lease(number, 0))));
  }

  @Test
  void theStatusShoutsTheLossThatIsPossible() {
    StoreStatus status = new Driver(medium, random, SETTINGS).open().store().status();
    assertThat(status.condition()).isEqualTo(StoreStatus.Condition.DEGRADED);
    assertThat(status.cause())
        .isEqualTo(
            "sync=interval: a power failure loses up to 2000 ms of acknowledged leases; set"
                + " sync=group");
  }

  @Test
  void commitsShareASyncUntilTheIntervalIsOver() {
    Driver driver = new Driver(medium, random, SETTINGS).open();
    driver.round();
    long before = medium.syncs();
    for (int i = 0; i < 10; i++) {
      assertThat(driver.commit(batch(i))).isTrue();
    }
    assertThat(medium.syncs()).isEqualTo(before);
    driver.pass(2);
    driver.round();
    assertThat(medium.syncs()).isEqualTo(before + 1);
  }

  @Test
  void aPowerFailureLosesNothingButTheEndOfTheLastInterval() throws Exception {
    for (int seed = 0; seed < 50; seed++) {
      SimMedium disk = new SimMedium(seed);
      Driver driver = new Driver(disk, new Random(seed), SETTINGS).open();
      List<Content> history = new ArrayList<>(List.of(new Content()));
      int durable = 0;
      for (int i = 1; i <= 40; i++) {
        assertThat(driver.commit(batch(i))).isTrue();
        history.add(history.get(i - 1).plus(batch(i)));
        if (i % 7 == 0) {
          driver.pass(2);
          driver.round();
          durable = i;
        }
      }
      disk.crash(SimFile.Loss.TORN_PAGES);
      Content found = new Driver(disk, new Random(seed), SETTINGS).open().content();
      assertThat(history.subList(durable, history.size())).contains(found);
    }
  }
}
