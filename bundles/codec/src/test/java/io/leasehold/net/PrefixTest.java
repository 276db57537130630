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

  @Property
  void mappedPrefixIsShownAsIpv4(@ForAll int value, @ForAll @IntRange(max = 32) int length) {
    Prefix prefix = Prefix.mapped(new Ipv4(value), length);

    assertThat(prefix.isMapped()).isTrue();
    assertThat(prefix.ipv4Length()).isEqualTo(length);
    assertThat(prefix.length()).isEqualTo(96 + length);
    assertThat(prefix.contains(Ipv6.mapped(new Ipv4(value)))).isTrue();
    assertThat(prefix.first().toIpv4().value()).isEqualTo(value & Ipv4.mask(length).value());
    assertThat(prefix).hasToString(prefix.first().toIpv4() + "/" + length);
    assertThat(Prefix.ofText(prefix.toString())).isEqualTo(prefix);
    assertThat(Prefix.ofText(prefix.toIpv6Text())).isEqualTo(prefix);
    assertThat(prefix.toIpv6Text()).startsWith("::ffff:").endsWith("/" + (96 + length));
  }

  @Test
  void ipv4TextIsReadAndShown() {
    assertThat(Prefix.ofText("10.0.0.0/24")).isEqualTo(Prefix.ofText("::ffff:10.0.0.0/120"));
    assertThat(Prefix.ofText("10.0.0.0/24").last()).hasToString("10.0.0.255");
    assertThat(Prefix.ofText("0.0.0.0/0")).hasToString("0.0.0.0/0");
    assertThat(Prefix.ALL.isMapped()).isFalse();
    assertThat(Prefix.masked(Ipv6.ofText("10.0.0.1"), 95).isMapped()).isFalse();
    assertThatThrownBy(() -> Prefix.ofIpv6Text("10.0.0.0/24"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/120",
        "10.0.0.1/24",
        "10.0.0/24"
      })
  void otherIpv4TextIsRefused(String text) {
    assertThatThrownBy(() -> Prefix.ofText(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("ffff");
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
