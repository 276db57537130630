// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.leasehold.failover.lease.Role;
import io.leasehold.hop.HopUri;
import io.leasehold.net.Ipv6;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FailoverFileTest {
  @Test
  void whatIsNotSaidHasItsDefault() {
    assertThat(SettingsOfTests.of())
        .isEqualTo(
            new FailoverSettings(
                "pair1",
                Role.SECONDARY,
                HopUri.parse("tls://[2001:db8::2]"),
                List.of(HopUri.parse("tls://*")),
                "wall",
                "pair1",
                3600,
                60,
                4,
                400,
                30,
                false,
                5,
                60,
                0,
                300,
                50,
                10,
                false,
                false,
                true));
    assertThat(SettingsOfTests.of().partnerAddress()).isEqualTo(Ipv6.ofText("2001:db8::2"));
  }

  @Test
  void portIs647UnlessAHopNamesAnother() {
    FailoverSettings usual = SettingsOfTests.of();
    assertThat(FailoverSettings.port(usual.partner())).isEqualTo(647);
    assertThat(FailoverSettings.port(usual.listen().get(0))).isEqualTo(647);
    FailoverSettings other =
        SettingsOfTests.of("partner = tls://192.0.2.1:1647", "listen = tls://*:2647");
    assertThat(FailoverSettings.port(other.partner())).isEqualTo(1647);
    assertThat(FailoverSettings.port(other.listen().get(0))).isEqualTo(2647);
    assertThat(other.partnerAddress()).isEqualTo(Ipv6.ofText("192.0.2.1"));
  }

  @Test
  void whatIsSaidIsTaken() {
    FailoverSettings settings =
        SettingsOfTests.of(
            "role = primary",
            "name = Häuser",
            "peer = east",
            "mclt.seconds = 1800",
            "keepalive.seconds = 20",
            "contacts.per.keepalive = 5",
            "max.unacked = 10",
            "startup.seconds = 20",
            "commission.alone = true",
            "connect.seconds = 2",
            "connect.rejected.seconds = 90",
            "auto.partner.down.seconds = 600",
            "progress.seconds = 120",
            "prefix.share.percent = 40",
            "prefix.threshold.percent = 5",
            "prefix.fixed.length = true",
            "reconfigure.keys = always",
            "dhcp4 = false");
    assertThat(settings)
        .isEqualTo(
            new FailoverSettings(
                "Häuser",
                Role.PRIMARY,
                HopUri.parse("tls://[2001:db8::2]"),
                List.of(),
                "wall",
                "east",
                1800,
                20,
                5,
                10,
                20,
                true,
                2,
                90,
                600,
                120,
                40,
                5,
                true,
                true,
                false));
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                FailoverFile.read(
                    "pair1",
                    Map.of(
                        "rolle", "primary",
                        "partner", "udp://[2001:db8::2]",
                        "mclt.seconds", "20",
                        "dhcp4", "perhaps",
                        "service.pid", "io.leasehold.failover~pair1")))
        .satisfies(
            e ->
                assertThat(e.getMessage().lines())
                    .hasSize(6)
                    .anyMatch(line -> line.startsWith("role is missing; accepted is primary or"))
                    .anyMatch(line -> line.startsWith("partner = udp://[2001:db8::2]: accepted is"))
                    .anyMatch(line -> line.startsWith("channel is missing; accepted is the NAME"))
                    .anyMatch(line -> line.startsWith("mclt.seconds = 20: accepted is a number"))
                    .anyMatch(line -> line.startsWith("dhcp4 = perhaps: accepted is true or"))
                    .anyMatch(line -> line.equals("rolle is not a key; did you mean role?")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mclt.seconds = 29 | mclt.seconds = 29: accepted is a number from 30 to 604800",
        "keepalive.seconds = 0 | keepalive.seconds = 0: accepted is",
        "contacts.per.keepalive = 1 | contacts.per.keepalive = 1: accepted is",
        "max.unacked = 0 | max.unacked = 0: accepted is",
        "partner = tls://[ff02::1] | partner = tls://[ff02::1]: accepted is",
        "partner = tls://* | partner = tls://*: accepted is",
        "partner = tls://[2001:db8::2]?peer=x | partner = tls://[2001:db8::2]?peer=x: accepted is",
        "partner = tcp://[2001:db8::2] | nothing protects the connection; accepted is tls://, or say insecure = true",
        "listen = tcp://* | listen = tcp://*: accepted is",
        "connect.seconds = 100 | connect.rejected.seconds = 60: accepted is a number from 100",
        "prefix.share.percent = 100 | prefix.share.percent = 100: accepted is",
        "reconfigure.keys = never | reconfigure.keys = never: accepted is protected or always",
      })
  void whatIsWrongIsSaidWithWhatIsAccepted(String line, String expected) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SettingsOfTests.of("connect.rejected.seconds = 60", line))
        .withMessageContaining(expected);
  }

  @Test
  void aPrimaryDoesNotListen() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SettingsOfTests.of("role = primary", "listen = tls://*"))
        .withMessageContaining("listen is for the secondary");
  }

  /** RFC 7653 section 9.1: nothing is in clear unless somebody wants that. */
  @Test
  void failoverAndClearConnectionsAreSwitchedOnByThemselves() {
    assertThat(SettingsOfTests.of().isSecure()).isTrue();
    FailoverSettings clear = SettingsOfTests.of("partner = tcp://[2001:db8::2]", "insecure = true");
    assertThat(clear.isSecure()).isFalse();
    assertThat(clear.listen()).containsExactly(HopUri.parse("tcp://*"));
    assertThat(FailoverFile.isWanted(SettingsOfTests.file())).isTrue();
    assertThat(FailoverFile.isWanted(SettingsOfTests.file("enabled = false"))).isFalse();
  }
}
