// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.Batch;
import io.leasehold.lease.LeaseChange;
import io.leasehold.store.journal.Driver.Content;
import io.leasehold.testkit.LeaseSamples;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ClockTest {
  private final Random random = new Random(23);
  private final SimMedium medium = new SimMedium(23);

  @Test
  @DisplayName("S-23: neither jumps of the clock nor times in leases have a say in the order")
  void clockJumps() throws Exception {
    Driver driver = new Driver(medium, random).open();
    Content model = new Content();
    for (int i = 0; i < 200; i++) {
      // Seconds forward and back, and leases whose times run backwards.
      driver.pass(random.nextInt(2_000_000) - 1_000_000);
      Batch batch =
          Batch.of(List.of(LeaseChange.put(LeaseSamples.lease(random.nextInt(20), 1000 - i))));
      assertThat(driver.commit(batch)).isTrue();
      model = model.plus(batch);
      if (i % 60 == 59) {
        driver.compact();
      }
    }
    assertThat(driver.content()).isEqualTo(model);
    driver.close();
    assertThat(new Driver(medium, random).open().content()).isEqualTo(model);
  }
}
