// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ThinningTest {
  private final Thinning thinning = new Thinning();
  private long received;
  private long shed;

  /** One look at a server that can begin so many conversations between two looks. */
  private int look(int share, int offered, int capacity) {
    int came = offered * share / 1000;
    received += came;
    shed += Math.max(0, came - capacity);
    return thinning.next(received, shed);
  }

  @Test
  void nothingIsThinnedWithoutOverload() {
    for (int n = 0; n < 100; n++) {
      assertThat(look(1000, 1000, 1000)).isEqualTo(1000);
    }
  }

  @Test
  void aLittleMoreThanCanBeServedIsReceived() {
    int share = 1000;
    for (int n = 0; n < 200; n++) {
      share = look(share, 10_000, 1000);
      if (n > 10) {
        assertThat(share).isBetween(95, 160);
      }
    }
  }

  @Test
  void allAreReceivedSoonAfterTheOverload() {
    int share = 1000;
    for (int n = 0; n < 50; n++) {
      share = look(share, 100_000, 1000);
    }
    assertThat(share).isLessThan(20);
    for (int n = 0; n < 40; n++) {
      share = look(share, 0, 1000);
    }
    assertThat(share).isEqualTo(1000);
  }
}
