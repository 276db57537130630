// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import io.leasehold.rserpool.wire.parameter.SctpTransport;
import io.leasehold.rserpool.wire.parameter.TransportParameter;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** By which transport registrars reach each other. */
final class SctpPeersTest {
  private static final Ipv6 HERE = Ipv6.ofText("10.1.0.7");
  private static final Ipv6 THERE = Ipv6.ofText("10.1.0.8");
  private static final TransportParameter SCTP = new SctpTransport(9901, false, List.of(HERE));
  private static final TransportParameter TCP = PortTransport.tcp(HERE, 9901);

  private static EnrpSettings settings(
      List<ConnectSpec> servers, boolean inClear, List<TransportParameter> own) {
    return new EnrpSettings(
        servers, "pools", inClear, own, EnrpTimers.of(5, 11, 3), EnrpLimits.DEFAULT);
  }

  private static ConnectSpec by(String transport) {
    return new ConnectSpec(
        Application.ENRP,
        THERE,
        9901,
        "pools",
        PeerSelector.anyOf(PeerRole.ENRP_SERVER),
        false,
        true,
        transport);
  }

  @Test
  @DisplayName("P-030: registrars that others tell of are reached by what is used here")
  void transportsAreThoseThatAreUsed() {
    EnrpSettings none = settings(List.of(), false, List.of());
    assertThat(none.uses("tcp")).isTrue();
    assertThat(none.uses("sctp")).isFalse();

    EnrpSettings configured = settings(List.of(by("sctp")), true, List.of());
    assertThat(configured.uses("sctp")).isTrue();
    assertThat(configured.uses("tcp")).isFalse();

    EnrpSettings both = settings(List.of(by("tcp")), true, List.of(SCTP));
    assertThat(both.uses("sctp")).isTrue();
    assertThat(both.uses("tcp")).isTrue();
    assertThat(both.learned(THERE, 9901, EnrpSettings.nameOf(SCTP))).isEqualTo(by("sctp"));
    assertThat(both.learned(THERE, 9901, EnrpSettings.nameOf(TCP))).isEqualTo(by("tcp"));
  }
}
