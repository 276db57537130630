// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.Batch;
import io.leasehold.store.journal.Driver.Content;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The power fails while the last group is on its way to the medium. */
class TornWriteTest {
  @ParameterizedTest
  @EnumSource(SimFile.Loss.class)
  @DisplayName("S-12: any subset of sectors of the last write, the rest zero, old, random or 0xff")
  void lastWriteTorn(SimFile.Loss loss) throws Exception {
    int whole = 0;
    for (int seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      SimMedium medium = new SimMedium(seed);
      Driver driver = new Driver(medium, random).open();
      Content before = new Content();
      for (int i = 0; i < 3; i++) {
        Batch batch = Batches.any(random);
        driver.commit(batch);
        before = before.plus(batch);
      }
      Batch last = Batches.any(random, 200, 1 + seed);
      driver.append(last);
      medium.faultAt(2, true);
      driver.round();
      assertThat(medium.isCrashed()).isTrue();
      medium.crash(loss);

      Driver next = new Driver(medium, random).open();
      Content found = next.content();
      assertThat(found).as("seed %d", seed).isIn(before, before.plus(last));
      whole += found.equals(before) ? 0 : 1;
      Batch further = Batches.any(random);
      assertThat(next.commit(further)).isTrue();
      medium.crash(SimFile.Loss.ALL);
      assertThat(new Driver(medium, random).open().content())
          .as("seed %d", seed)
          .isEqualTo(found.plus(further));
    }
    if (loss == SimFile.Loss.KILLED) {
      assertThat(whole).isGreaterThan(100);
    }
  }
}
