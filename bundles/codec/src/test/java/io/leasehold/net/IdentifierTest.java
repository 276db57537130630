// SPDX-License-Identifier: Apache-2.0
package io.leasehold.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTest {
  @Test
  void duidIsOpaqueBetweenOneAndMostOctets() {
    assertThat(Duid.ofText("00:03:00:01:aa")).hasToString("00:03:00:01:aa");
    assertThat(new Duid(Bytes.of(0)).value().length()).isEqualTo(1);
    assertThat(new Duid(Bytes.wrap(new byte[130])).value().length()).isEqualTo(130);
    assertThatThrownBy(() -> new Duid(Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Duid(Bytes.wrap(new byte[131])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hardwareAddressShowsItsOctets() {
    HardwareAddress address = HardwareAddress.ofText("00:11:22:33:44:55");

    assertThat(address.type()).isEqualTo(HardwareAddress.ETHERNET);
    assertThat(address).hasToString("00:11:22:33:44:55");
    assertThat(address).isNotEqualTo(new HardwareAddress(6, address.address()));
    assertThatThrownBy(() -> new HardwareAddress(1, Bytes.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new HardwareAddress(65536, address.address()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ipv4IsDottedDecimal() {
    assertThat(Ipv4.ofText("192.0.2.255")).hasToString("192.0.2.255");
    assertThat(Ipv4.ofText("192.0.2.255").bytes()).isEqualTo(Bytes.of(192, 0, 2, 255));
    assertThat(Ipv4.of(Bytes.of(255, 0, 0, 1))).isGreaterThan(Ipv4.ofText("1.0.0.0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1..2.3", "a.b.c.d", "1.2.3.-4"})
  void otherTextIsNoIpv4(String text) {
    assertThatThrownBy(() -> Ipv4.ofText(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
