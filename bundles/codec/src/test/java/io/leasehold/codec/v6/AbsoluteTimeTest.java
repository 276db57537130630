// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class AbsoluteTimeTest {
  private static final long JANUARY_2027 = Instant.parse("2027-01-20T16:57:36Z").getEpochSecond();

  @Test
  void secondsCountFromTheYear2000() {
    assertThat(AbsoluteTime.ofUnixSeconds(Instant.parse("2000-01-01T00:00:00Z").getEpochSecond()))
        .isEqualTo(new AbsoluteTime(0));
    assertThat(AbsoluteTime.ofUnixSeconds(JANUARY_2027))
        .isEqualTo(new AbsoluteTime(0x32e3a400L))
        .hasToString("2027-01-20T16:57:36Z");
  }

  @Test
  void nothingIsLostWhereTheNumbersBeginAgain() {
    long last = Instant.parse("2136-02-07T06:28:15Z").getEpochSecond();

    assertThat(AbsoluteTime.ofUnixSeconds(last).seconds()).isEqualTo(0xffff_ffffL);
    assertThat(AbsoluteTime.ofUnixSeconds(last + 1).seconds()).isZero();
    assertThat(AbsoluteTime.ofUnixSeconds(last + 10).unixSeconds(last - 10)).isEqualTo(last + 10);
    assertThat(AbsoluteTime.ofUnixSeconds(last - 10).unixSeconds(last + 10)).isEqualTo(last - 10);
    assertThat(AbsoluteTime.ofUnixSeconds(last + 3).secondsSince(AbsoluteTime.ofUnixSeconds(last)))
        .isEqualTo(3);
  }

  @Property
  void momentReturnsWithinHalfOfTheCircle(
      @ForAll @LongRange(min = AbsoluteTime.EPOCH_UNIX_SECONDS, max = 20_000_000_000L) long now,
      @ForAll @IntRange(min = Integer.MIN_VALUE) int ahead) {
    assertThat(AbsoluteTime.ofUnixSeconds(now + ahead).unixSeconds(now)).isEqualTo(now + ahead);
    assertThat(AbsoluteTime.ofUnixSeconds(now).plus(ahead))
        .isEqualTo(AbsoluteTime.ofUnixSeconds(now + ahead));
  }

  @Test
  void momentsTooFarAheadAreTheLastThatCanBeToldFromThePast() {
    assertThat(
            AbsoluteTime.ofUnixSeconds(Long.MAX_VALUE / 2, JANUARY_2027).unixSeconds(JANUARY_2027))
        .isEqualTo(JANUARY_2027 + Integer.MAX_VALUE);
    assertThat(AbsoluteTime.ofUnixSeconds(JANUARY_2027 + 5, JANUARY_2027))
        .isEqualTo(AbsoluteTime.ofUnixSeconds(JANUARY_2027 + 5));
  }

  @Test
  void toleranceIsForBothSides() {
    AbsoluteTime moment = new AbsoluteTime(2);

    assertThat(moment.isWithin(5, moment.plus(5))).isTrue();
    assertThat(moment.isWithin(5, moment.plus(-5))).isTrue();
    assertThat(moment.isWithin(5, moment.plus(6))).isFalse();
    assertThat(moment.isWithin(5, moment.plus(-6))).isFalse();
  }

  @Test
  void numbersThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> new AbsoluteTime(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AbsoluteTime(1L << 32))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
