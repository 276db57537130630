// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.configuration.Keys;
import io.leasehold.net.Ipv6;
import io.leasehold.pool.PoolMember;
import io.leasehold.pool.UserTransport;
import io.leasehold.relay.agent.RelaySettings.Delivery;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsReaderTest {
  private static final String PLAIN = "upstream = udp://[2001:db8::1]";
  private static final String SERVERS = "upstream.interfaces = eth0";

  private List<String> problems;

  private RelaySettings read(String... lines) {
    Map<String, String> file = new HashMap<>();
    file.put("interfaces", "eth1");
    for (String line : lines) {
      String[] parts = line.split("\\s*=\\s*", 2);
      file.put(parts[0], parts[1]);
    }
    Keys keys = Keys.of(file);
    RelaySettings settings = SettingsReader.read("test", keys);
    problems = keys.problems();
    return settings;
  }

  @Test
  void uplinksAreReadWithTheirParameters() {
    RelaySettings settings =
        read(
            SERVERS,
            "upstream.mode = first",
            "channel = usual",
            "upstream = udp://[2001:db8::1]:1547 udp://[ff05::1:3%eth0]?channel=wall"
                + " tls://192.0.2.1?peer=hq&channel=strong dtls://[2001:db8::2]");

    assertThat(problems).isEmpty();
    assertThat(settings.delivery()).isEqualTo(Delivery.FIRST);
    assertThat(settings.uplinks())
        .extracting(UplinkSettings::port)
        .containsExactly(1547, 547, 547, 10547);
    assertThat(settings.uplinks())
        .extracting(UplinkSettings::channel)
        .containsExactly("usual", "wall", "strong", "usual");
    assertThat(settings.uplinks().get(1).interfaceName()).isEqualTo("eth0");
    assertThat(settings.uplinks().get(2).peer()).isEqualTo("hq");
    assertThat(settings.uplinks().get(2).transport()).isEqualTo("tcp");
  }

  @Test
  void withoutUplinksTheGroupOfServersIsAsked() {
    assertThat(read("upstream.interfaces = eth0 eth5/2001:db8::5").uplinks())
        .extracting(UplinkSettings::address, UplinkSettings::interfaceName)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Ipv6.ofText("ff05::1:3"), "eth0"),
            org.assertj.core.groups.Tuple.tuple(Ipv6.ofText("ff05::1:3"), "eth5"));
    assertThat(read(SERVERS, "mode = ldra").uplinks())
        .extracting(UplinkSettings::address)
        .containsExactly(Ipv6.ofText("ff02::1:2"));
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "interfacs = eth2 | interfacs is not a key; did you mean interfaces?",
        "interface.eth1.trustd = true | interface.eth1.trustd is not a key; did you mean interface.eth1.trusted?",
        "interface.eth7.trusted = true | interface.eth7.trusted is not a key",
        "upstream.mode = some | upstream.mode = some: accepted is all or first",
        "message.max = 10 | message.max = 10: accepted is a number from 576 to 65535",
        "upstream = udp://192.0.2.1 | upstream: 'udp://192.0.2.1': the address is of the other family",
        "upstream = udp://[ff05::1:3] | accepted is a group with its interface",
        "upstream = tls://[2001:db8::1] | accepted is a hop with channel=NAME",
        "upstream = udp://[2001:db8::1]?chanel=x | accepted are the parameters",
        "upstream = pool:a udp://[2001:db8::1] | pool:NAME stands there alone",
        "upstream = pool: | a pool has a name of 1 to 255 octets",
        "upstream = pool:a?carrier=smoke | accepted is pool:NAME, and ?carrier=",
        "upstream = pool:a?peer=x | accepted is pool:NAME, and ?carrier=",
        "upstream = pool:a?carrier=tls | accepted is a pool with channel=NAME",
        "pool.fallback = udp://[2001:db8::1] | it is for upstream = pool:NAME only",
        "upstream = sctp://[2001:db8::1] | upstream: 'sctp://[2001:db8::1]': SCTP carries no DHCP",
        "listen = sctp://*?channel=x | listen: 'sctp://*?channel=x': SCTP carries no DHCP",
        "listen = tls://* | listen = tls://*: accepted is a hop with channel=NAME",
        "listen = udp://eth1 | accepted is an interface that interfaces does not have",
        "family = ipx | family = ipx: accepted is",
        "trusted = maybe | accepted is true or false"
      })
  void mistakesAreNamed(String line, String sentence) {
    read(SERVERS, PLAIN, line);

    assertThat(problems).anySatisfy(each -> assertThat(each).contains(sentence));
  }

  @Test
  void aPoolIsReadWithItsFallback() {
    RelaySettings settings =
        read(SERVERS, "upstream = pool:dhcp6-core", "pool.fallback = udp://[2001:db8::1]");
    assertThat(problems).isEmpty();
    PoolSettings pool = settings.pool().orElseThrow();
    assertThat(pool.handle()).hasToString("dhcp6-core");
    assertThat(pool.carrier()).isEqualTo("udp");
    assertThat(pool.spill()).isFalse();
    assertThat(pool.health()).isEqualTo(new RelaySettings.HealthSettings(2, 3000, 10_000, 2));
    assertThat(settings.uplinks()).extracting(UplinkSettings::port).containsExactly(547);

    RelaySettings secure =
        read("upstream = pool:dhcp6-core-tls", "channel = hq", "pool.spill = true");
    assertThat(problems).isEmpty();
    assertThat(secure.uplinks()).as("dropped meanwhile").isEmpty();
    assertThat(secure.pool().orElseThrow().carrier()).isEqualTo("tls");
    assertThat(secure.pool().orElseThrow().channel()).isEqualTo("hq");
    assertThat(secure.pool().orElseThrow().spill()).isTrue();
    assertThat(read(SERVERS, "upstream = pool:x?carrier=udp&channel=wall").pool().orElseThrow())
        .extracting(PoolSettings::carrier, PoolSettings::channel)
        .containsExactly("udp", "wall");
    assertThat(problems).isEmpty();
    read("upstream = pool:x");
    assertThat(problems).hasSize(1).first().asString().contains("upstream.interfaces is empty");
    read(SERVERS, "upstream = pool:x", "mode = ldra");
    assertThat(problems).anySatisfy(each -> assertThat(each).contains("because mode is ldra"));
  }

  @Test
  void aProtectedChainIsNotBrokenOffByAPool() {
    String below = "listen = tls://*?channel=strong";
    read(SERVERS, "upstream = pool:x", below);
    assertThat(problems).hasSize(1).first().asString().contains("is not protected");
    read("upstream = pool:x?channel=strong", below);
    assertThat(problems).isEmpty();
  }

  /** RFC 5355 section 2.9. */
  @ParameterizedTest
  @CsvSource({
    "udp, 2001:db8::1, UDP, true",
    "dtls, 192.0.2.1, UDP, true",
    "tls, 2001:db8::1, TCP, true",
    "tcp, 192.0.2.1, TCP, true",
    "udp, 2001:db8::1, TCP, false",
    "tls, 2001:db8::1, UDP, false",
    "tls, 2001:db8::1, SCTP, false",
    "udp, 192.0.2.1, UDP, false",
    "udp, ff02::1:2, UDP, false",
    "tls, ::, TCP, false",
    "tls, fe80::1, TCP, false",
  })
  void onlyMembersOfTheConfiguredCarrierAreUsed(
      String carrier, String address, UserTransport transport, boolean used) {
    PoolSettings pool =
        read(SERVERS, "upstream = pool:x?channel=c&carrier=" + carrier).pool().orElseThrow();
    PoolMember member = new PoolMember(1, 1, 1, 1, Ipv6.ofText(address), 547, transport, 0);
    assertThat(pool.obstacle(member).isEmpty()).isEqualTo(used);
    assertThat(pool.uplink(member).scheme()).isEqualTo(carrier);
    assertThat(pool.uplink(member).channel()).isEqualTo("c");
  }

  @Test
  void allMistakesAreToldAtOnce() {
    read(SERVERS, PLAIN, "mode = x", "rate.client = -1", "nonsense = 1");

    assertThat(problems).hasSize(3);
  }

  @Test
  void aProtectedChainIsNotBrokenOff() {
    String below = "listen = tls://*?channel=strong";
    String sentence = "say allow.unprotected.upstream = true";

    read(SERVERS, PLAIN, below);
    assertThat(problems).hasSize(1).first().asString().contains(sentence);
    read(SERVERS, PLAIN, "listen = udp://eth2?channel=wall");
    assertThat(problems).hasSize(1).first().asString().contains(sentence);
    read("upstream = tcp://[2001:db8::1]?channel=clear", below);
    assertThat(problems).hasSize(1).first().asString().contains(sentence);

    read(SERVERS, PLAIN, below, "allow.unprotected.upstream = true");
    assertThat(problems).isEmpty();
    read("upstream = tls://[2001:db8::1]?channel=strong", below);
    assertThat(problems).isEmpty();
    read(SERVERS, PLAIN, "listen = udp://eth2");
    assertThat(problems).isEmpty();
  }

  @Test
  void valuesForOneInterfaceComeFirst() {
    RelaySettings settings =
        read(
            SERVERS,
            PLAIN,
            "interfaces = eth1 eth2.7",
            "trusted = true",
            "interface.eth2.7.trusted = false");

    assertThat(problems).isEmpty();
    assertThat(settings.interfaceNamed("eth1").orElseThrow().trusted()).isTrue();
    assertThat(settings.interfaceNamed("eth2.7").orElseThrow().trusted()).isFalse();
    assertThat(settings.isUpstream("eth0")).isTrue();
    assertThat(settings.isUpstream("eth1")).isFalse();
  }
}
