// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArrearsTest {
  private static final long MILLI = 1_000_000;

  private final Arrears arrears = new Arrears();

  @Test
  void aBurstIsNotLate() {
    arrears.turned(true, 0);
    arrears.turned(true, 19 * MILLI);
    assertThat(arrears.isStanding()).isFalse();
  }

  @Test
  void whatWaitsForAWhileIsLateUntilAllIsTaken() {
    arrears.turned(true, 0);
    arrears.turned(true, 20 * MILLI);
    assertThat(arrears.isStanding()).isTrue();
    arrears.turned(true, 500 * MILLI);
    assertThat(arrears.isStanding()).isTrue();

    arrears.turned(false, 501 * MILLI);
    assertThat(arrears.isStanding()).isFalse();
    arrears.turned(true, 600 * MILLI);
    assertThat(arrears.isStanding()).isFalse();
  }
}
