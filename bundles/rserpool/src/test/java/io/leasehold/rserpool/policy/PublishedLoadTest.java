// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is registered as load (RFC 5356 section 3.1). */
final class PublishedLoadTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void loadGrowsWithUtilisation() {
    assertThat(PublishedLoad.load(0)).isZero();
    assertThat(PublishedLoad.load(1)).isEqualTo(0xffff_ffffL);
    assertThat(PublishedLoad.load(2)).isEqualTo(0xffff_ffffL);
    assertThat(PublishedLoad.load(-1)).isZero();
    long before = -1;
    for (double used = 0; used <= 1; used += 0.001) {
      assertThat(PublishedLoad.load(used)).isGreaterThan(before);
      before = PublishedLoad.load(used);
    }
  }

  @Test
  void itIsRegisteredAgainWhenItHasMovedByATwentieth() {
    PublishedLoad load = new PublishedLoad();

    assertThat(load.offer(0.50, 0)).hasValue(PublishedLoad.load(0.50));
    assertThat(load.offer(0.54, 10 * SECOND)).isEmpty();
    assertThat(load.offer(0.56, 11 * SECOND)).hasValue(PublishedLoad.load(0.56));
    assertThat(load.offer(0.52, 20 * SECOND)).isEmpty();
    assertThat(load.offer(0.50, 21 * SECOND)).hasValue(PublishedLoad.load(0.50));
  }

  @Test
  void itIsRegisteredAtMostOnceInASecond() {
    PublishedLoad load = new PublishedLoad();

    assertThat(load.offer(0.1, 0)).isPresent();
    assertThat(load.offer(0.9, SECOND - 1)).isEmpty();
    assertThat(load.offer(0.9, SECOND)).isPresent();
  }

  @Test
  void whoIsFullSaysSo() {
    PublishedLoad load = new PublishedLoad();

    assertThat(load.offer(0.99, 0)).isPresent();
    assertThat(load.offer(1, 5 * SECOND)).hasValue(0xffff_ffffL);
    assertThat(load.offer(1, 9 * SECOND)).isEmpty();
  }
}
