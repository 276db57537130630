// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v6.Dhcp6OptionTable;
import io.leasehold.net.Duid;
import io.leasehold.server.RetentionRule;
import io.leasehold.server.lane.Limits;
import io.leasehold.server.lane.Regime;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.plan.json.Document;
import io.leasehold.server.plan.json.Includes;
import io.leasehold.server.plan.json.PlanCompiler;
import io.leasehold.server.protocol.LogNames;
import io.leasehold.server.protocol.Patience;
import io.leasehold.server.relay.RelayGate;
import io.leasehold.server.relay.RelayPolicy;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static final Path NOWHERE = Path.of("nowhere");
  private static final Engine.Size SIZE = new Engine.Size(1, 16, Limits.NONE);

  private final Purge purge = new Purge();

  static Regime regime(String keys) {
    String text =
        "{\"Dhcp6\":{%s\"subnet6\":[{\"id\":1,\"subnet\":\"2001:db8:1::/64\",\"interface\":\"eth0\"}]}}"
            .formatted(keys);
    return new Regime(
        new PlanCompiler(Dhcp6OptionTable.CATALOGUE, Includes.NONE)
            .compile(List.of(new Document("test.json", text)), List.of())
            .plan()
            .orElseThrow(),
        Duid.ofText("00:02:00:00:00:09:01"),
        List.of(),
        new Counters(),
        1);
  }

  private List<RetentionRule> rules(String keys, boolean accessInClear, Privacy privacy) {
    RelayGate.Settings gate = new RelayGate.Settings(RelayPolicy.OPEN, accessInClear, true);
    ServerSettings settings =
        new ServerSettings(
            NOWHERE,
            NOWHERE,
            List.of(),
            547,
            67,
            SIZE,
            new HopSettings(List.of(), "", gate),
            privacy,
            Patience.USUAL,
            InstantSource.system());
    Regime regime = regime(keys);
    return new Retention(settings, () -> regime, purge).rules();
  }

  private static RetentionRule about(List<RetentionRule> rules, String words) {
    return rules.stream().filter(rule -> rule.what().contains(words)).findFirst().orElseThrow();
  }

  @Test
  void accessNetworkIdentifiersAreNeverKeptWhateverIsConfigured() {
    for (boolean frank : new boolean[] {false, true}) {
      RetentionRule rule =
          about(rules("", frank, new Privacy(60, LogNames.Policy.FULL)), "RFC 7839");

      assertThat(rule.store()).isEqualTo("never");
      assertThat(rule.logs()).isEqualTo("never");
      assertThat(rule.memory().contains("every hop")).isEqualTo(frank);
    }
  }

  @Test
  void whatRelayAgentsSayIsStoredWhereThePlanWantsIt() {
    Privacy privacy = new Privacy(60, LogNames.Policy.HASH);

    assertThat(about(rules("", false, privacy), "remote-id").store()).isEqualTo("never");
    assertThat(about(rules("\"store-extended-info\":true,", false, privacy), "remote-id").store())
        .contains("in 1 subnets", "60 s later");
  }

  @Test
  void identifiersAreHeldAsLongAsThePlanSays() {
    String hold = "\"expired-leases-processing\":{\"hold-reclaimed-time\":77},";

    assertThat(about(rules(hold, false, Privacy.NONE), "DUID").memory()).contains("then 77 s");
  }

  @Test
  void logsAreAsConfigured() {
    for (LogNames.Policy policy : LogNames.Policy.values()) {
      String logs = about(rules("", false, new Privacy(60, policy)), "DUID").logs();

      assertThat(logs)
          .isEqualTo(
              switch (policy) {
                case HASH -> "at DEBUG only, hashed";
                case FULL -> "at DEBUG only, in clear";
                case NONE -> "never";
              });
    }
  }

  @Test
  void onlyFamiliesThatAreServedAreListed() {
    assertThat(rules("", false, Privacy.NONE)).noneMatch(rule -> rule.what().startsWith("v4"));
  }
}
