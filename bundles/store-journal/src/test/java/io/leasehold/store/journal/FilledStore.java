// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.Batch;
import io.leasehold.store.journal.Driver.Content;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;

/** A store on a simulated medium, and what it holds, for tests to spoil. */
class FilledStore {
  final Random random;
  final SimMedium medium;
  Content model = new Content();

  FilledStore(long seed) {
    random = new Random(seed);
    medium = new SimMedium(seed);
  }

  /** A checkpoint, two sealed segments and a last one, closed in good order. */
  @BeforeEach
  void fill() {
    Driver driver = new Driver(medium, random).open();
    write(driver, 25);
    driver.compact();
    write(driver, 30);
    driver.close();
    assertThat(medium.files()).hasSizeGreaterThanOrEqualTo(4);
  }

  final void write(Driver driver, int batches) {
    for (int i = 0; i < batches; i++) {
      Batch batch = Batches.any(random, 100, 30);
      model = model.plus(batch);
      assertThat(driver.commit(batch)).isTrue();
    }
  }
}
