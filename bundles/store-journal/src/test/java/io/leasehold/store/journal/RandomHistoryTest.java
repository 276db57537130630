// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.Batch;
import io.leasehold.lease.StoreStatus.Condition;
import io.leasehold.store.journal.Driver.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories with crashes beside a model. The seed of a failing run is in its name; {@code
 * -Dleasehold.seeds=N} runs N seeds.
 */
class RandomHistoryTest {
  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("leasehold.seeds", 12));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("S-03, S-05, S-12: nothing acknowledged is lost, nothing torn, whatever the crash")
  void nothingAcknowledgedIsLost(long seed) throws Exception {
    Random random = new Random(seed);
    SimMedium medium = new SimMedium(seed);
    Content model = new Content();
    for (int life = 0; life < 12; life++) {
      Driver driver = new Driver(medium, random).open();
      assertThat(driver.content()).isEqualTo(model);
      for (int step = random.nextInt(60); step > 0; step--) {
        model = step(driver, random, model);
      }
      if (random.nextInt(4) == 0) {
        driver.close();
        assertThat(driver.store().status().condition()).isEqualTo(Condition.STOPPED);
      } else {
        model = crash(driver, medium, random, model);
      }
    }
  }

  private static Content step(Driver driver, Random random, Content model) throws Exception {
    Content after = model;
    switch (random.nextInt(12)) {
      case 0 -> driver.tidy();
      case 1 -> {
        if (random.nextInt(4) == 0) {
          driver.compact();
        }
      }
      case 2 -> assertThat(driver.content()).isEqualTo(model);
      default -> {
        List<Batch> group = new ArrayList<>();
        for (int left = random.nextInt(3); left >= 0; left--) {
          Batch batch = Batches.any(random);
          group.add(batch);
          after = after.plus(batch);
        }
        group.forEach(driver::append);
        driver.round();
      }
    }
    return after;
  }

  /** Cuts the power while a group is being written: it is there as a whole or not at all. */
  private static Content crash(Driver driver, SimMedium medium, Random random, Content model)
      throws Exception {
    Content whole = model;
    for (int left = random.nextInt(3); left >= 0; left--) {
      Batch batch = Batches.any(random, 60, 40);
      whole = whole.plus(batch);
      driver.append(batch);
    }
    medium.faultAt(1 + random.nextInt(3), true);
    driver.round();
    medium.crash(SimFile.Loss.values()[random.nextInt(SimFile.Loss.values().length)]);
    Driver next = new Driver(medium, random).open();
    Content found = next.content();
    assertThat(found).isIn(model, whole);
    medium.crash(SimFile.Loss.ALL);
    assertThat(new Driver(medium, random).open().content()).isEqualTo(found);
    medium.crash(SimFile.Loss.KILLED);
    return found;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName(
      "Loosened syncing loses the newest groups at most, in order, and never brings one back")
  void loosenedSyncingKeepsTheOrder(long seed) throws Exception {
    Random random = new Random(seed);
    SimMedium medium = new SimMedium(seed);
    JournalSettings settings =
        new JournalSettings(JournalSettings.Sync.INTERVAL, 1000, 64 << 10, 1000, 1 << 20);
    List<Content> possible = List.of(new Content());
    for (int life = 0; life < 12; life++) {
      Driver driver = new Driver(medium, random, settings).open();
      Content model = driver.content();
      assertThat(model).isIn(possible);
      possible = new ArrayList<>(List.of(model));
      for (int step = random.nextInt(30); step > 0; step--) {
        boolean sync = random.nextInt(8) == 0;
        driver.pass(sync ? 1 : 0);
        Batch batch = Batches.any(random);
        assertThat(driver.commit(batch)).isTrue();
        model = model.plus(batch);
        if (sync) {
          possible.clear();
        }
        possible.add(model);
      }
      medium.crash(SimFile.Loss.values()[random.nextInt(SimFile.Loss.values().length)]);
    }
  }
}
