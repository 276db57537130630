// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.net.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which pools a peer may join (RFC 5355 section 2.4). */
final class PoolPatternTest {
  @ParameterizedTest
  @CsvSource({
    "dhcp6-core, dhcp6-core, true",
    "dhcp6-core, dhcp6-cor, false",
    "dhcp6-core, dhcp6-core2, false",
    "dhcp6-core, DHCP6-core, false",
    "dhcp6-*, dhcp6-, true",
    "dhcp6-*, dhcp6-core, true",
    "dhcp6-*, dhcp4-core, false",
    "*, x, true",
    "*-tls, dhcp6-core-tls, true",
    "*-tls, dhcp6-tls-core, false",
    "d*6*e, dhcp6-core, true",
    "d*6*e, dhcp6-coredump, false",
    "a.c, abc, false",
    "a**c, abc, true",
  })
  void starsStandForAnyOctets(String pattern, String handle, boolean matches) {
    assertThat(new PoolPattern(pattern).matches(Bytes.ofUtf8(handle))).isEqualTo(matches);
  }

  @Test
  void octetsThatAreNoTextMatchAStarOnly() {
    assertThat(new PoolPattern("a*").matches(Bytes.of('a', 0xff, 0))).isTrue();
    assertThat(new PoolPattern("a\ufffd*").matches(Bytes.of('a', 0xff, 0))).isFalse();
  }

  @Test
  void whatMatchesNothingIsRefused() {
    assertThatThrownBy(() -> new PoolPattern("")).hasMessageContaining("1 to 255 octets");
    assertThatThrownBy(() -> new PoolPattern("a".repeat(256))).hasMessageContaining("1 to 255");
  }
}
