// SPDX-License-Identifier: Apache-2.0
package io.leasehold.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTest {
  @Property
  void maskingKeepsTheLeadingBitsOnly(
      @ForAll long high, @ForAll long low, @ForAll @IntRange(max = 128) int length) {
    Ipv6 address = new Ipv6(high, low);
    Prefix prefix = address.prefix(length);

    assertThat(prefix.contains(address)).isTrue();
    assertThat(prefix.first()).isLessThanOrEqualTo(address);
    assertThat(prefix.last()).isGreaterThanOrEqualTo(address);
    assertThat(prefix.last().minus(prefix.first()).bitLength()).isEqualTo(128 - length);
    assertThat(Prefix.ofText(prefix.toString())).isEqualTo(prefix);
    assertThat(prefix.contains(prefix.first().previous())).isEqualTo(length == 0);
    assertThat(prefix.contains(prefix.last().next())).isEqualTo(length == 0);
  }

  @Test
  void longerPrefixIsContainedInShorter() {
    Prefix outer = Prefix.ofText("2001:db8::/32");
    Prefix inner = Prefix.ofText("2001:db8:1:8000::/49");

    assertThat(outer.contains(inner)).isTrue();
    assertThat(inner.contains(outer)).isFalse();
    assertThat(outer.overlaps(inner)).isTrue();
    assertThat(outer.overlaps(Prefix.ofText("2001:db9::/32"))).isFalse();
    assertThat(inner.last()).hasToString("2001:db8:1:ffff:ffff:ffff:ffff:ffff");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2001:db8::",
        "2001:db8::/",
        "2001:db8::/129",
        "2001:db8::/-1",
        "2001:db8::/1000",
        "/32",
        "2001:db8::1/64",
        "2001:db8::/+4",
        "::/ 0"
      })
  void otherTextIsRefused(String text) {
    assertThatThrownBy(() -> Prefix.ofText(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
