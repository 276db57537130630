// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.ListenSpec;
import io.leasehold.net.Ipv6;
import io.leasehold.registrar.asap.AnnounceSettings;
import io.leasehold.registrar.asap.AsapRates;
import io.leasehold.registrar.asap.AsapSettings;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import io.leasehold.rserpool.wire.parameter.SctpTransport;
import io.leasehold.security.PeerRole;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file of a registrar. */
final class RegistrarFileTest {
  @Test
  @DisplayName("P-167: without a word it is secure, and listens by TLS only")
  void anEmptyFileIsSecure() {
    RegistrarSettings settings = RegistrarFile.read(Map.of());

    assertThat(settings.isSecure()).isTrue();
    assertThat(settings.places()).extracting(ListenSpec::port).containsExactly(3864, 9902);
    assertThat(settings.places()).noneMatch(ListenSpec::inClear);
    assertThat(settings.places()).extracting(ListenSpec::channel).containsOnly("pools");
    assertThat(settings.places().get(0).expected().roles())
        .containsExactlyInAnyOrder(PeerRole.POOL_ELEMENT, PeerRole.POOL_USER);
    assertThat(settings.places().get(1).expected().roles()).containsExactly(PeerRole.ENRP_SERVER);
    assertThat(settings.asap().plainUsers()).isFalse();
    assertThat(settings.enrp().servers()).isEmpty();
  }

  @Test
  void aFileSaysEverything() {
    RegistrarSettings settings =
        RegistrarFile.read(
            Map.of(
                "asap", "tls://[2001:db8::1] tls://192.0.2.1:4864",
                "enrp", "tls://eth0:1903",
                "channel", "hq",
                "registrars", "tls://[2001:db8::2]?peer=registrar-2, tls://192.0.2.3:1902",
                "address", "2001:db8::1",
                "heartbeat.seconds", "30",
                "life.unit", "milliseconds",
                "keepalive.seconds", "9",
                "elements.per.peer", "7"));

    assertThat(settings.places())
        .extracting(each -> each.application() + " " + each.places() + " " + each.port())
        .containsExactly("ASAP [2001:db8::1] 3864", "ASAP [192.0.2.1] 4864", "ENRP [eth0] 1903");
    ConnectSpec first = settings.enrp().servers().get(0);
    assertThat(first.application()).isEqualTo(Application.ENRP);
    assertThat(first.port()).isEqualTo(9902);
    assertThat(first.channel()).isEqualTo("hq");
    assertThat(first.expected().peerId()).contains("registrar-2");
    assertThat(settings.enrp().servers().get(1).port()).isEqualTo(1902);
    assertThat(settings.enrp().servers().get(1).expected().peerId()).isEmpty();
    assertThat(settings.enrp().own())
        .containsExactly(PortTransport.tcp(Ipv6.ofText("2001:db8::1"), 1903));
    assertThat(settings.enrp().timers().heartbeat()).hasSeconds(30);
    assertThat(settings.enrp().timers().lastHeard()).hasSeconds(61);
    assertThat(settings.asap().timers().lifeUnit()).isEqualTo(1_000_000);
    assertThat(settings.asap().timers().keepAlive()).isEqualTo(9_000_000_000L);
    assertThat(settings.asap().elementsOfIdentity()).isEqualTo(7);
    assertThat(settings.asap().rates().registrationsAtOnce()).isEqualTo(14);
  }

  @Test
  @DisplayName("P-105: what a file does not say is as without a file")
  void anEmptyFileHasTheUsualLimits() {
    AsapSettings settings = RegistrarFile.read(Map.of()).asap();

    assertThat(settings.rates()).isEqualTo(AsapSettings.DEFAULT.rates());
    assertThat(settings.elementsOfIdentity()).isEqualTo(AsapSettings.DEFAULT.elementsOfIdentity());
    assertThat(RegistrarFile.read(Map.of("registrations.at.once", "100")).asap().rates())
        .extracting(AsapRates::registrationsAtOnce)
        .isEqualTo(100);
  }

  @Test
  @DisplayName("P-167: all is in clear, or nothing is")
  void inClearIsSaidTwice() {
    RegistrarSettings settings =
        RegistrarFile.read(
            Map.of(
                "insecure", "true",
                "channel", "lab",
                "registrars", "tcp://[2001:db8::2]",
                "scope", "192.0.2.0/24"));

    assertThat(settings.isSecure()).isFalse();
    assertThat(settings.places()).extracting(ListenSpec::port).containsExactly(3863, 9901);
    assertThat(settings.places()).allMatch(ListenSpec::inClear);
    assertThat(settings.enrp().servers()).allMatch(ConnectSpec::inClear);
    assertThat(settings.enrp().servers().get(0).port()).isEqualTo(9901);
    assertThat(settings.enrp().inClear()).isTrue();
    assertThat(settings.asap().scope()).hasSize(1);
  }

  @Test
  @DisplayName("P-030, P-097: SCTP beside TCP, its addresses together and told first")
  void sctpIsBesideTcp() {
    RegistrarSettings settings =
        RegistrarFile.read(
            Map.of(
                "insecure", "true",
                "channel", "lab",
                "asap", "sctp://10.1.0.7 sctp://10.2.0.7 tcp://*",
                "enrp", "tcp://* sctp://*:1901",
                "address", "10.1.0.7 10.2.0.7",
                "registrars", "sctp://10.1.0.8"));

    assertThat(settings.places())
        .extracting(each -> each.transport() + " " + each.places() + " " + each.port())
        .containsExactly(
            "sctp [10.1.0.7, 10.2.0.7] 3863", "tcp [*] 3863", "tcp [*] 9901", "sctp [*] 1901");
    assertThat(settings.places()).allMatch(ListenSpec::inClear);
    assertThat(settings.enrp().servers().get(0).transport()).isEqualTo("sctp");
    assertThat(settings.enrp().servers().get(0).port()).isEqualTo(9901);
    Ipv6 one = Ipv6.ofText("10.1.0.7");
    Ipv6 two = Ipv6.ofText("10.2.0.7");
    assertThat(settings.enrp().own())
        .containsExactly(
            new SctpTransport(1901, false, List.of(one, two)),
            PortTransport.tcp(one, 9901),
            PortTransport.tcp(two, 9901));
  }

  @Test
  @DisplayName("P-168: users may be plain where a channel of their own says so")
  void plainUsersHaveAChannelOfTheirOwn() {
    RegistrarSettings settings =
        RegistrarFile.read(Map.of("plain.users.channel", "open", "asap", "tls://* tcp://*"));

    assertThat(settings.isSecure()).isTrue();
    assertThat(settings.asap().plainUsers()).isTrue();
    assertThat(settings.places())
        .extracting(each -> each.port() + " " + each.channel() + " " + each.inClear())
        .containsExactly("3864 pools false", "3863 open true", "9902 pools false");
  }

  @Test
  @DisplayName("P-104: it announces where it serves, by the ports that are protected")
  void announcementsSayWhereItServes() {
    assertThat(RegistrarFile.read(Map.of()).announced()).isEmpty();

    AnnounceSettings announced =
        RegistrarFile.read(
                Map.of(
                    "announce.interfaces", "eth1 eth2",
                    "address", "2001:db8::1 192.0.2.1",
                    "plain.users.channel", "open",
                    "asap", "tcp://* tls://*:4864"))
            .announced()
            .orElseThrow();

    assertThat(announced.interfaces()).containsExactly("eth1", "eth2");
    assertThat(announced.transports())
        .containsExactly(
            PortTransport.tcp(Ipv6.ofText("2001:db8::1"), 4864),
            PortTransport.tcp(Ipv6.ofText("192.0.2.1"), 4864));
  }

  @ParameterizedTest(name = "{0} = {1} is refused with the remedy {2}")
  @CsvSource(
      delimiter = ';',
      value = {
        "asap; tcp://*; insecure = true",
        "enrp; tcp://*; insecure = true",
        "asap; sctp://*; insecure = true",
        "registrars; sctp://192.0.2.1; insecure = true",
        "enrp; udp://*; tls://",
        "asap; tls://*?peer=x; accepted is tls://",
        "registrars; tcp://[2001:db8::2]; insecure = true",
        "registrars; tls://*; tls://[2001:db8::2]",
        "registrars; tls://[ff02::1]; tls://[2001:db8::2]",
        "registrars; tls://[2001:db8::2]?who=x; ?peer=NAME",
        "address; everywhere; 192.0.2.1",
        "announce.interfaces; eth0; address is missing",
        "scope; 192.0.2.0/24; file of each peer",
        "last.heard.seconds; 5; more than heartbeat.seconds",
        "keepalive.seconds; 0; 1 to 3600",
        "registrations.at.once; 99; elements.per.peer = 100 or more",
        "life.unit; hours; seconds or milliseconds",
        "registrar; tls://[2001:db8::2]; did you mean registrars"
      })
  void mistakesAreToldWithARemedy(String key, String value, String remedy) {
    assertThatThrownBy(() -> RegistrarFile.read(Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key)
        .hasMessageContaining(remedy);
  }

  @Test
  void allMistakesAreToldAtOnce() {
    assertThatThrownBy(
            () ->
                RegistrarFile.read(
                    Map.of(
                        "insecure", "true",
                        "plain.users.channel", "open",
                        "asap", "tls://*",
                        "items.most", "none")))
        .hasMessageContainingAll("plain.users.channel", "asap = tls://*", "items.most = none");
  }

  @Test
  void aFileMayWantNone() {
    assertThat(RegistrarFile.isWanted(Map.of("enabled", "false"))).isFalse();
    assertThat(RegistrarFile.isWanted(Map.of())).isTrue();
  }
}
