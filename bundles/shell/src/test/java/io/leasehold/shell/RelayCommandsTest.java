// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.pool.PoolHandle;
import io.leasehold.pool.PoolMember;
import io.leasehold.pool.PoolView;
import io.leasehold.pool.UserTransport;
import io.leasehold.relay.RelayStatus;
import io.leasehold.security.Assurance;
import io.leasehold.server.RelayLedger;
import io.leasehold.server.RelaySeen;
import io.leasehold.server.RetentionRule;
import io.leasehold.server.RetentionRules;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Commands about relay agents and about what is kept. */
class RelayCommandsTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private final RelayLedger server =
      new RelayLedger() {
        @Override
        public List<RelaySeen> relays() {
          return List.of(
              new RelaySeen(
                  Ipv6.ofText("192.0.2.1"),
                  List.of(Ipv6.ofText("10.0.0.1")),
                  "udp",
                  "",
                  Assurance.NONE,
                  NOON,
                  NOON,
                  7,
                  "relay-unlisted"));
        }

        @Override
        public String policy() {
          return "listed";
        }
      };

  private final RelayStatus agent =
      new RelayStatus() {
        @Override
        public String name() {
          return "floor2";
        }

        @Override
        public List<RelayInterface> interfaces() {
          return List.of(new RelayInterface("eth1", "client", "2001:db8:1::1", "", "listening"));
        }

        @Override
        public List<Upstream> upstreams() {
          return List.of(
              new Upstream("tls://[2001:db8::1]", false, "refused", Assurance.NONE, 5, 4));
        }

        @Override
        public Optional<PoolUse> pool() {
          PoolHandle handle = PoolHandle.ofText("dhcp6-core");
          PoolMember member =
              new PoolMember(
                  0x0a0b0c0d, 7, 1, 200, Ipv6.ofText("2001:db8::a"), 547, UserTransport.UDP, 0);
          PoolView view =
              new PoolView(
                  handle,
                  PoolView.State.STALE,
                  "client-hash",
                  List.of(member),
                  NOON,
                  Assurance.NONE);
          Upstream how = new Upstream("x", true, "", Assurance.NONE, 12, 11);
          return Optional.of(
              new PoolUse(handle, Optional.of(view), false, List.of(new MemberUse(member, how))));
        }

        @Override
        public List<DelegatedPrefix> prefixes() {
          return List.of(
              new DelegatedPrefix(
                  Prefix.ofText("2001:db8:100::/56"), Ipv6.ofText("fe80::5"), "eth1", NOON, true));
        }

        @Override
        public Map<String, Long> counters() {
          return Map.of("forwarded", 5L);
        }

        @Override
        public List<String> alarms() {
          return List.of("no upstream is healthy");
        }
      };

  @Test
  void relaysAreListedFromBothSides() throws CommandFailure {
    assertThat(CommandRun.print(new RelayListCommand(), server, agent))
        .contains("relay.policy is listed")
        .containsPattern("192.0.2.1 .*INSECURE .*10.0.0.1 .*relay-unlisted")
        .contains("Relay agent floor2")
        .containsPattern("tls://\\[2001:db8::1\\] +\\| no .*refused")
        .contains("Pool dhcp6-core, stale since 2026-06-01T12:00:00Z:")
        .containsPattern(
            "0a0b0c0d udp \\[2001:db8::a\\]:547 +\\| 00000007 +\\| 200 +\\| yes +\\| 12 +\\| 11")
        .contains("no upstream is healthy");
    assertThat(CommandRun.print(CommandRun.json(new RelayListCommand()), agent))
        .startsWith("{\"policy\":null,\"seen\":[],\"agents\":[{\"name\":\"floor2\"")
        .contains("\"pool\":\"dhcp6-core\",\"state\":\"stale\"")
        .contains("\"chosen\":12");
  }

  @Test
  void withoutBothItSaysWhatBringsOne() {
    assertThatThrownBy(() -> CommandRun.print(new RelayListCommand()))
        .hasMessageContaining("feature:install leasehold-relay");
  }

  @Test
  void delegatedPrefixesAreListed() throws CommandFailure {
    assertThat(CommandRun.print(new RelayPrefixesCommand(), agent))
        .containsPattern("2001:db8:100::/56 +\\| fe80::5 +\\| eth1 .*yes +\\| floor2");
  }

  @Test
  void retentionIsListed() throws CommandFailure {
    RetentionRules rules =
        () -> List.of(new RetentionRule("P1", "place", "until the reply", "never", "never", "key"));

    assertThat(CommandRun.print(new RetentionCommand(), rules))
        .containsPattern("P1 +\\| place +\\| until the reply +\\| never");
  }

  @Test
  void addressesOfUnknownRelaysAreOffered() {
    RelayAddressCompleter completer = new RelayAddressCompleter();
    assertThat(completer.words(new CommandRun.Given(List.of(server)))).containsExactly("192.0.2.1");
  }
}
