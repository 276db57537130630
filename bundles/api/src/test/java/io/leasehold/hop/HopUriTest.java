// SPDX-License-Identifier: Apache-2.0
package io.leasehold.hop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HopUriTest {
  /** RFC 5352 section 8.2, RFC 5353 section 5.3: protected and plain have ports of their own. */
  @ParameterizedTest
  @CsvSource({
    "udp://192.0.2.1, DHCPV4_RELAY, 67",
    "tls://192.0.2.1, DHCPV4_RELAY, 67",
    "dtls://[2001:db8::1], DHCPV6_RELAY, 10547",
    "tcp://[2001:db8::1], FAILOVER, 647",
    "tls://[2001:db8::1], ASAP, 3864",
    "tcp://[2001:db8::1], ASAP, 3863",
    "tls://[2001:db8::1], ENRP, 9902",
    "tcp://[2001:db8::1], ENRP, 9901",
    "tcp://[2001:db8::1]:4000, ENRP, 4000",
    "dtls://[2001:db8::1], ASAP, 0",
    "sctp://[2001:db8::1], ASAP, 3863",
    "sctp://192.0.2.1, ENRP, 9901",
  })
  void theUsualPortIsThatOfApplicationAndScheme(String uri, Application application, int port) {
    assertThat(HopUri.parse(uri).portFor(application)).isEqualTo(port);
  }

  /** P-031: the carrier is the scheme's; what protects nothing says so. */
  @ParameterizedTest
  @CsvSource({
    "udp, udp, false",
    "tls, tcp, false",
    "tcp, tcp, true",
    "dtls, dtls, false",
    "sctp, sctp, true"
  })
  void theSchemeSaysTheTransportAndWhetherItProtects(
      String scheme, String transport, boolean inClear) {
    HopUri uri = HopUri.parse(scheme + "://192.0.2.1");
    assertThat(uri.transport()).isEqualTo(transport);
    assertThat(uri.isInClear()).isEqualTo(inClear);
  }
}
