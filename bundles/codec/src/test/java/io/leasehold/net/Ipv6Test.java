// SPDX-License-Identifier: Apache-2.0
package io.leasehold.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv6Test {
  @ParameterizedTest
  @CsvSource({
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "2001:db8:0:0:0:0:0:1, 2001:db8::1",
    "2001:DB8::0001, 2001:db8::1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "::ffff:192.0.2.1, ::ffff:192.0.2.1",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
    "0:0:0:0:0:0:0:0, ::",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
    "ff02::1:2, ff02::1:2",
    "fe80:0:0:0:1::, fe80::1:0:0:0",
  })
  void textIsReadAndWrittenAsRecommended(String text, String canonical) {
    assertThat(Ipv6.ofIpv6Text(text).toIpv6Text()).isEqualTo(canonical);
    assertThat(Ipv6.ofText(text)).isEqualTo(Ipv6.ofIpv6Text(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":::",
        "1",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "1:2:3:4:5:6:7:8::",
        "::1:2:3:4:5:6:7:8",
        "12345::",
        "g::",
        "1:",
        ":1",
        "1:2:3:4:5:6:7:",
        "fe80::1%eth0",
        "::1.2.3",
        "::1.2.3.256",
        "1.2.3.4",
        "::1.2.3.4:5",
        "1:2:3:4:5:6:7:1.2.3.4",
        "localhost",
        " ::1",
        "::-1",
        "::\u0661"
      })
  void otherTextIsRefused(String text) {
    assertThatThrownBy(() -> Ipv6.ofIpv6Text(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.2.3", "1.2.3.256", "1.2.3.4.5", ".1.2.3", "1.2.3.4/24", "a.b.c.d", "::1."})
  void textThatIsNoAddressOfEitherFamilyIsRefused(String text) {
    assertThatThrownBy(() -> Ipv6.ofText(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }

  @Property
  void mappedAddressIsShownAsIpv4(@ForAll int value) {
    Ipv4 address = new Ipv4(value);
    Ipv6 mapped = Ipv6.mapped(address);

    assertThat(mapped).hasToString(address.toString());
    assertThat(mapped.toIpv6Text()).isEqualTo("::ffff:" + address);
    assertThat(mapped.isMapped()).isTrue();
    assertThat(mapped.toIpv4()).isEqualTo(address);
    assertThat(Ipv6.ofText(mapped.toString())).isEqualTo(mapped);
    assertThat(Ipv6.ofText(mapped.toIpv6Text())).isEqualTo(mapped);
  }

  @Test
  void otherAddressesStandForNoIpv4Address() {
    for (String text :
        new String[] {"::", "::fffe:102:304", "::1:ffff:1.2.3.4", "1::ffff:1.2.3.4"}) {
      Ipv6 address = Ipv6.ofText(text);

      assertThat(address.isMapped()).isFalse();
      assertThatThrownBy(address::toIpv4).isInstanceOf(IllegalStateException.class);
    }
  }

  @Property
  void textAndOctetsReturnToTheSameAddress(@ForAll long high, @ForAll long low) {
    Ipv6 address = new Ipv6(high, low);

    assertThat(Ipv6.ofText(address.toString())).isEqualTo(address);
    assertThat(Ipv6.of(address.bytes())).isEqualTo(address);
    assertThat(Ipv6.of(address.toBigInteger())).isEqualTo(address);
  }

  @Property
  void additionAgreesWithBigNumbers(@ForAll long high, @ForAll long low, @ForAll long count) {
    Ipv6 address = new Ipv6(high, low);
    BigInteger unsigned = new BigInteger(Long.toUnsignedString(count));
    BigInteger sum = address.toBigInteger().add(unsigned).mod(BigInteger.ONE.shiftLeft(128));

    assertThat(address.plus(count).toBigInteger()).isEqualTo(sum);
    assertThat(address.next().previous()).isEqualTo(address);
  }

  @Property
  void orderIsUnsigned(@ForAll long a, @ForAll long b, @ForAll long c, @ForAll long d) {
    Ipv6 one = new Ipv6(a, b);
    Ipv6 other = new Ipv6(c, d);

    assertThat(Integer.signum(one.compareTo(other)))
        .isEqualTo(one.toBigInteger().compareTo(other.toBigInteger()))
        .isEqualTo(Integer.signum(one.bytes().compareTo(other.bytes())))
        .isEqualTo(one.minus(other).signum());
  }

  @Test
  void scopesAreTold() {
    assertThat(Ipv6.ofText("fe80::1").isLinkLocal()).isTrue();
    assertThat(Ipv6.ofText("febf::1").isLinkLocal()).isTrue();
    assertThat(Ipv6.ofText("fec0::1").isLinkLocal()).isFalse();
    assertThat(Ipv6.ofText("ff02::1:2").isMulticast()).isTrue();
    assertThat(Ipv6.ofText("2001:db8::").isMulticast()).isFalse();
    assertThat(Ipv6.UNSPECIFIED.isUnspecified()).isTrue();
    assertThat(Ipv6.ofText("::1").isLoopback()).isTrue();
  }
}
