// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v6.AbsoluteTime;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MomentOrderTest {
  @ParameterizedTest
  @CsvSource({
    "0, SAME",
    "5, SAME",
    "-5, SAME",
    "6, LATER",
    "-6, EARLIER",
    "2000000000, LATER",
    "-2000000000, EARLIER"
  })
  void fiveSecondsAreTheSameTime(long secondsAfter, MomentOrder expected) {
    AbsoluteTime other = new AbsoluteTime(0x32e3a400L);
    assertThat(MomentOrder.of(other.plus(secondsAfter), other)).isEqualTo(expected);
    assertThat(MomentOrder.of(1_800_000_000L + secondsAfter, 1_800_000_000L)).isEqualTo(expected);
  }

  /** RFC 8156 section 5.5: times begin again in 2136. */
  @Property
  void orderDoesNotDependOnWhereNumbersBeginAgain(
      @ForAll @LongRange(min = 0, max = 0xffff_ffffL) long seconds,
      @ForAll @IntRange(min = -2_000_000_000, max = 2_000_000_000) int after) {
    AbsoluteTime other = new AbsoluteTime(seconds);
    MomentOrder expected =
        Math.abs(after) <= 5
            ? MomentOrder.SAME
            : after > 0 ? MomentOrder.LATER : MomentOrder.EARLIER;
    assertThat(MomentOrder.of(other.plus(after), other)).isEqualTo(expected);
  }
}
