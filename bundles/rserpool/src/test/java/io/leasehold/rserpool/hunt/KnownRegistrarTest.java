// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.hunt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.net.Ipv6;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How registrars are written. */
final class KnownRegistrarTest {
  @Test
  void aRegistrarIsAHop() {
    assertThat(KnownRegistrar.parse("tls://[2001:db8::9]?peer=reg1", "pools").to())
        .isEqualTo(
            new ConnectSpec(
                Application.ASAP,
                Ipv6.ofText("2001:db8::9"),
                3864,
                "pools",
                PeerSelector.only("reg1", PeerRole.ENRP_SERVER),
                false,
                false));
  }

  @Test
  void oneInClearHasAnotherPort() {
    ConnectSpec clear = KnownRegistrar.parse("tcp://192.0.2.9?channel=clear", "").to();

    assertThat(clear.port()).isEqualTo(3863);
    assertThat(clear.inClear()).isTrue();
    assertThat(clear.channel()).isEqualTo("clear");
    assertThat(clear.expected()).isEqualTo(PeerSelector.anyOf(PeerRole.ENRP_SERVER));
  }

  @Test
  void oneOverSctpHasItsTransport() {
    ConnectSpec sctp = KnownRegistrar.parse("sctp://192.0.2.9", "clear").to();

    assertThat(sctp.port()).isEqualTo(3863);
    assertThat(sctp.inClear()).isTrue();
    assertThat(sctp.transport()).isEqualTo("sctp");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.9",
        "udp://192.0.2.9",
        "tls://reg.example",
        "tls://*",
        "tls://192.0.2.9?pear=a",
        "tls://192.0.2.9:99999"
      })
  void othersAreRefused(String text) {
    assertThatThrownBy(() -> KnownRegistrar.parse(text, "pools"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }

  @Test
  void thereIsAlwaysAChannel() {
    assertThatThrownBy(() -> KnownRegistrar.parse("tls://192.0.2.9", ""))
        .hasMessageContaining("channel");
  }
}
