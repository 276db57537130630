// SPDX-License-Identifier: Apache-2.0
package io.leasehold.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ipv4Test {
  @Property
  void textAndOctetsReturnToTheSameAddress(@ForAll int value) {
    Ipv4 address = new Ipv4(value);

    assertThat(Ipv4.ofText(address.toString())).isEqualTo(address);
    assertThat(Ipv4.of(address.bytes())).isEqualTo(address);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, unspecified",
    "255.255.255.255, broadcast",
    "224.0.0.1, multicast",
    "239.255.255.255, multicast",
    "127.0.0.1, loopback",
    "127.255.255.255, loopback",
    "169.254.0.1, link-local",
    "223.255.255.255, none",
    "240.0.0.1, none",
    "128.0.0.1, none",
    "169.255.0.1, none",
    "192.0.2.1, none",
  })
  void kindsAreTold(String text, String kind) {
    Ipv4 address = Ipv4.ofText(text);

    assertThat(address.isUnspecified()).isEqualTo(kind.equals("unspecified"));
    assertThat(address.isBroadcast()).isEqualTo(kind.equals("broadcast"));
    assertThat(address.isMulticast()).isEqualTo(kind.equals("multicast"));
    assertThat(address.isLoopback()).isEqualTo(kind.equals("loopback"));
    assertThat(address.isLinkLocal()).isEqualTo(kind.equals("link-local"));
  }

  @Test
  void masksHaveTheirLeadingBits() {
    assertThat(Ipv4.mask(0)).hasToString("0.0.0.0");
    assertThat(Ipv4.mask(1)).hasToString("128.0.0.0");
    assertThat(Ipv4.mask(23)).hasToString("255.255.254.0");
    assertThat(Ipv4.mask(32)).isEqualTo(Ipv4.BROADCAST);
    assertThatThrownBy(() -> Ipv4.mask(33)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Ipv4.mask(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
