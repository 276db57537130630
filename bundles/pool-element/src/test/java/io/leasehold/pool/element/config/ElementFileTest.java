// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.pool.element.ElementSettings;
import io.leasehold.pool.element.ElementTimes;
import io.leasehold.pool.element.MemberPolicy;
import io.leasehold.rserpool.hunt.KnownRegistrar;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code etc/io.leasehold.pool.element-NAME.cfg}. */
final class ElementFileTest {
  private static final Map<String, String> LEAST =
      Map.of(
          "pools", "dhcp6-core",
          "group", "7",
          "address", "2001:db8::5",
          "registrars", "tls://[2001:db8::9]",
          "channel", "pools");

  private static Map<String, String> with(String... more) {
    Map<String, String> file = new HashMap<>(LEAST);
    for (int i = 0; i < more.length; i += 2) {
      file.put(more[i], more[i + 1]);
    }
    return file;
  }

  private static ElementPlan read(String... more) {
    return ElementFile.read("core", with(more));
  }

  @Test
  void fiveKeysAreEnough() {
    ElementPlan plan = read();

    assertThat(plan.settings().name()).isEqualTo("core");
    assertThat(plan.settings().pools())
        .containsExactly(
            new ElementSettings.Place(
                PoolHandle.of("dhcp6-core"),
                MemberPolicy.clientHash(7, 100),
                PortTransport.udp(Ipv6.ofText("2001:db8::5"), 547)));
    assertThat(plan.settings().times()).isEqualTo(ElementTimes.ofDhcp());
    assertThat(plan.settings().hunt().places())
        .containsExactly(KnownRegistrar.parse("tls://[2001:db8::9]", "pools"));
    assertThat(plan.settings().hunt().firstRound()).isEqualTo(Duration.ofSeconds(3));
    assertThat(plan.settings().hunt().longestRound()).isEqualTo(Duration.ofSeconds(60));
    assertThat(plan.settings().stale()).isEqualTo(Duration.ofSeconds(30));
    assertThat(plan.failover()).isEmpty();
    assertThat(plan.rank()).isEqualTo(200);
  }

  @Test
  void bothServersOfAPairAreOneGroup() {
    Map<String, String> file = with("failover", "pair-1");
    file.remove("group");

    MemberPolicy policy = ElementFile.read("core", file).settings().pools().get(0).policy();

    assertThat(policy.group()).isEqualTo(ElementFile.group("pair-1")).isNotZero();
    assertThat(ElementFile.group("pair-2")).isNotEqualTo(policy.group());
    assertThat(ElementFile.read("core", file).failover()).contains("pair-1");
  }

  @Test
  void anIpv4AddressHasThePortOfDhcpv4() {
    assertThat(read("address", "192.0.2.5").settings().pools().get(0).transport())
        .isEqualTo(PortTransport.udp(Ipv6.ofText("192.0.2.5"), 67));
    assertThat(read("transport", "tcp", "port", "1547").settings().pools().get(0).transport())
        .isEqualTo(PortTransport.tcp(Ipv6.ofText("2001:db8::5"), 1547));
  }

  @ParameterizedTest
  @CsvSource({
    "priority, 0x5",
    "round-robin, 0x1",
    "weighted-round-robin, 0x2",
    "random, 0x3",
    "weighted-random, 0x4",
    "least-used, 0x40000001",
    "least-used-degradation, 0x40000002",
    "priority-least-used, 0x40000003",
    "randomized-least-used, 0x40000004"
  })
  void standardPoliciesHaveTheirNames(String word, String type) {
    MemberPolicy policy = read("policy", word, "weight", "3").settings().pools().get(0).policy();

    assertThat(policy.type()).isEqualTo(Long.decode(type));
    assertThat(policy.weight()).isEqualTo(3);
    assertThat(policy.degradation()).isEqualTo(Math.round(0.001 * 0xffff_ffffL));
  }

  @Test
  void bucketsAreWrittenInHex() {
    String buckets = "ff".repeat(32);

    assertThat(
            read("policy", "client-hash-rfc3074", "buckets", buckets)
                .settings()
                .pools()
                .get(0)
                .policy())
        .isEqualTo(MemberPolicy.bucketHash(7, Bytes.ofHex(buckets)))
        .extracting(MemberPolicy::type)
        .isEqualTo(PolicyType.CLIENT_HASH);
  }

  @Test
  @DisplayName("P-059 a file without registrars is refused")
  void aListOfRegistrarsIsNeeded() {
    Map<String, String> file = with();
    file.remove("registrars");

    assertThatThrownBy(() -> ElementFile.read("core", file)).hasMessageContaining("registrars");
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    Map<String, String> file =
        with("adress", "x", "port", "0", "policy", "best", "life.seconds", "5", "weight", "0");
    file.remove("address");
    file.remove("group");

    assertThatThrownBy(() -> ElementFile.read("core", file))
        .satisfies(
            why ->
                assertThat(why.getMessage().lines())
                    .anyMatch(each -> each.contains("adress is not a key"))
                    .anyMatch(each -> each.startsWith("address is missing"))
                    .anyMatch(each -> each.startsWith("port = 0"))
                    .anyMatch(each -> each.startsWith("policy = best"))
                    .anyMatch(each -> each.startsWith("life.seconds = 5"))
                    .anyMatch(each -> each.startsWith("weight = 0"))
                    .anyMatch(each -> each.startsWith("group is missing")));
  }

  @ParameterizedTest
  @CsvSource({
    "address, ff02::1",
    "address, fe80::1",
    "address, ::",
    "address, dhcp.example",
    "group, 0",
    "group, 4294967296",
    "pools, dhcp6-core dhcp6-core",
    "buckets, ff",
    "degradation.percent, 101",
    "degradation.percent, NaN",
    "rank, -1",
    "transport, sctp",
    "registrars, tls://[2001:db8::9] tcp://[2001:db8::8]",
    "channel, ''",
    "policy, client-hash-rfc3074",
    "policy, client-hash-other"
  })
  void whatCannotBeIsRefused(String key, String value) {
    assertThatThrownBy(() -> read(key, value)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "pools; dhcp6-core dhcp6-core; up to 16, each once",
        "group; 0; group = 0",
        "hunt.most.seconds; 2; a number from 3 to 3600"
      })
  void whatIsRefusedIsToldInItsPlace(String key, String value, String told) {
    assertThatThrownBy(() -> read(key, value))
        .hasMessageStartingWith(key)
        .hasMessageContaining(told);
  }

  @Test
  void thereAreNotAnyNumberOfPoolsAndRegistrars() {
    assertThatThrownBy(() -> read("pools", numbered("dhcp6-%d", 17)))
        .hasMessageContaining("up to 16, each once");
    assertThat(read("pools", numbered("dhcp6-%d", 16)).settings().pools()).hasSize(16);
    assertThatThrownBy(() -> read("registrars", numbered("tls://[2001:db8::%d]", 33)))
        .hasMessageContaining("registrars: 32 are enough, not 33");
    assertThat(read("registrars", numbered("tls://[2001:db8::%d]", 32)).settings().hunt().places())
        .hasSize(32);
  }

  private static String numbered(String text, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(text::formatted)
        .collect(Collectors.joining(" "));
  }

  @Test
  void aFileThatIsSwitchedOffAsksForNothing() {
    assertThat(ElementFile.isWanted(with("enabled", "false"))).isFalse();
    assertThat(ElementFile.isWanted(with())).isTrue();
  }
}
