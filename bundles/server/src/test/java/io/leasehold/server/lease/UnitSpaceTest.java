// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitSpaceTest {
  private static final Ipv6 FIRST = Ipv6.ofText("2001:db8::ffff:ffff:ffff:fff0");

  @Property(tries = 500)
  void cutsLeaveARowWithoutGaps(
      @ForAll @IntRange(min = 1, max = 60) int units,
      @ForAll @Size(max = 5) List<@IntRange(min = -20, max = 80) Integer> cutStarts,
      @ForAll @IntRange(max = 12) int cutLength) {
    List<UnitSpace.Range> cuts = new ArrayList<>();
    for (int start : cutStarts) {
      cuts.add(new UnitSpace.Range(at(start), at(start + cutLength)));
    }
    UnitSpace space = new UnitSpace(FIRST, at(units - 1), 128, cuts);
    int expected = 0;
    for (int i = -3; i < units + 3; i++) {
      int raw = i;
      boolean cut = cutStarts.stream().anyMatch(start -> start <= raw && raw <= start + cutLength);
      boolean inside = i >= 0 && i < units && !cut;
      assertThat(space.unitOf(at(i))).as("address %s", i).isEqualTo(inside ? expected : -1);
      if (inside) {
        assertThat(space.addressOf(expected)).isEqualTo(at(i));
        expected++;
      }
    }
    assertThat(space.size()).isEqualTo(expected);
  }

  @Property(tries = 200)
  void everySecondAddressIsAUnit(
      @ForAll @IntRange(max = 1) int first, @ForAll @IntRange(max = 40) int last) {
    UnitSpace space = UnitSpace.everySecond(at(first), at(last));
    int expected = 0;
    for (int i = -3; i < last + 4; i++) {
      boolean inside = i >= first && i <= last && (i - first) % 2 == 0;
      assertThat(space.unitOf(at(i))).as("address %s", i).isEqualTo(inside ? expected : -1);
      if (inside) {
        assertThat(space.addressOf(expected)).isEqualTo(at(i));
        expected++;
      }
    }
    assertThat(space.size()).isEqualTo(expected);
  }

  private static Ipv6 at(int offset) {
    return Ipv6.of(FIRST.toBigInteger().add(BigInteger.valueOf(offset)));
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8::/32, 48, 65536, 2001:db8:abcd::, 43981",
    "2001:db8::/32, 96, 9223372036854775807, 2001:db8:0:0:1::, 65536",
    "2001:db8::/56, 64, 256, 2001:db8:0:ff::, 255",
    "2001:db8::/56, 72, 65536, 2001:db8:0:1:100::, 257",
    "2001:db8::/64, 64, 1, 2001:db8::, 0",
    "::/0, 0, 1, ::, 0",
    "::/0, 64, 9223372036854775807, 0:0:0:5::, 5",
    "2001:db8::/64, 128, 9223372036854775807, 2001:db8::7fff:0:0:0, 9223090561878065152",
  })
  void prefixesHaveNumbers(String pool, int length, long size, String address, long unit) {
    Prefix prefix = Prefix.ofText(pool);
    UnitSpace space = new UnitSpace(prefix.first(), prefix.last(), length, List.of());
    assertThat(space.size()).isEqualTo(size);
    assertThat(space.unitOf(Ipv6.ofText(address))).isEqualTo(unit);
    assertThat(space.addressOf(unit)).isEqualTo(Ipv6.ofText(address));
  }

  @Test
  void whatIsBeyondTheNumbersHasNone() {
    Prefix prefix = Prefix.ofText("2001:db8::/64");
    UnitSpace space = new UnitSpace(prefix.first(), prefix.last(), 128, List.of());
    assertThat(space.unitOf(Ipv6.ofText("2001:db8::8000:0:0:0"))).isEqualTo(-1);
    assertThat(space.unitOf(Ipv6.ofText("2001:db8:0:1::"))).isEqualTo(-1);
    assertThat(space.unitOf(Ipv6.ofText("2001:db7:ffff:ffff:ffff:ffff:ffff:ffff"))).isEqualTo(-1);
  }

  @Test
  void aCutMayTakeEverything() {
    Prefix prefix = Prefix.ofText("2001:db8::/48");
    UnitSpace space =
        new UnitSpace(
            prefix.first(),
            prefix.last(),
            56,
            List.of(new UnitSpace.Range(Ipv6.ofText("2001::"), Ipv6.ofText("2002::"))));
    assertThat(space.size()).isZero();
  }
}
