// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6OptionTable;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.security.Peer;
import io.leasehold.server.Decision;
import io.leasehold.server.Decision.Topic;
import io.leasehold.server.DecisionLedger;
import io.leasehold.server.LeaseQuery;
import io.leasehold.server.PacketTrial;
import io.leasehold.server.TracePattern;
import io.leasehold.server.lane.Limits;
import io.leasehold.server.lane.Regime;
import io.leasehold.server.lease.StandardPolicies;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.plan.json.Document;
import io.leasehold.server.plan.json.Includes;
import io.leasehold.server.plan.json.PlanCompiler;
import io.leasehold.server.protocol.HookBook;
import io.leasehold.server.protocol.Patience;
import io.leasehold.server.relay.Entrance;
import io.leasehold.server.relay.Peers;
import io.leasehold.server.relay.RelayGate;
import io.leasehold.server.relay.RelayPolicy;
import io.leasehold.server.relay.RelaysSeen;
import io.leasehold.testkit.Await;
import io.leasehold.transport.EndpointStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Traces and trials while lanes run. */
class DecisionsTest {
  private static final Duid SERVER = Duid.ofText("00:02:00:00:00:09:01");
  private static final String PLAN =
      "{\"Dhcp6\":{\"subnet6\":[{\"id\":1,\"subnet\":\"2001:db8:1::/64\",\"interface\":\"eth1\","
          + "\"pools\":[{\"pool\":\"2001:db8:1::10-2001:db8:1::1f\"}]}]}}";

  private final Counters counters = new Counters();
  private final Engine engine =
      new Engine(
          new Engine.Size(2, 64, Limits.NONE),
          counters,
          InstantSource.system(),
          changes -> {},
          new Prober(() -> null, counters));
  private final HeldStore store = new HeldStore();
  private final Wire wire = new Wire();
  private final List<EndpointStatus> endpoints =
      List.of(
          new EndpointStatus(
              Family.IPV6, "eth1", "ff02::1:2", 547, EndpointStatus.State.LISTENING, ""));
  private final RelaysSeen seen =
      new RelaysSeen(InstantSource.system(), (kind, subject, detail) -> {});
  private final DecisionLedger ledger = ledger(RelayPolicy.OPEN);

  private DecisionLedger ledger(RelayPolicy policy, Peer... peers) {
    RelayGate gate = new RelayGate(new RelayGate.Settings(policy, false, true), seen, counters);
    gate.follow(List.of(peers), null, Peers.authorizer(peers));
    return new Decisions(
        engine,
        new Trials(
            engine,
            () -> endpoints,
            gate,
            new HookBook(Patience.USUAL, () -> 0, counters),
            InstantSource.system()),
        InstantSource.system());
  }

  @BeforeEach
  void serve() throws IOException {
    ServerPlan plan =
        new PlanCompiler(Dhcp6OptionTable.CATALOGUE, Includes.NONE)
            .compile(List.of(new Document("plan.json", PLAN)), List.of())
            .plan()
            .orElseThrow();
    store.release();
    engine.load(
        store,
        new Regime(plan, SERVER, List.of(), counters, 2),
        word -> StandardPolicies.named(word).orElseThrow());
  }

  @AfterEach
  void stop() {
    store.release();
    engine.close();
  }

  private void send(int client) {
    engine.inbound(Family.IPV6, Entrance.WIDE).message(Wire.solicit(client), wire.path("eth1"));
  }

  @Test
  void aTraceSeesWhatComesWhileItRuns() {
    send(1);
    Await.until(Duration.ofSeconds(20), () -> wire.count(Dhcp6MessageType.ADVERTISE) == 1);
    TracePattern any = TracePattern.ANY;
    ledger.begin(any, Duration.ofMinutes(1), 10);

    send(2);
    Await.until(Duration.ofSeconds(20), () -> ledger.decisions(any, 0).size() == 1);
    assertThat(ledger.decisions(any, 0).get(0).steps())
        .anyMatch(step -> step.topic() == Topic.ANSWER && step.what().startsWith("advertise"));

    assertThat(ledger.end(any)).isTrue();
    send(3);
    Await.until(Duration.ofSeconds(20), () -> wire.count(Dhcp6MessageType.ADVERTISE) == 3);
    assertThat(ledger.traces()).isEmpty();
    assertThat(ledger.decisions(any, 0)).isEmpty();
  }

  @Test
  void aTrialIsAnsweredAndLeavesNoTrail() {
    Map<String, Long> before = new TreeMap<>(counters.snapshot());
    PacketTrial trial = new PacketTrial(Family.IPV6, Wire.request(5, SERVER), "", Optional.empty());

    Decision first = ledger.tryOut(trial).toCompletableFuture().join();
    Decision second = ledger.tryOut(trial).toCompletableFuture().join();

    assertThat(first.answer().at(0)).isEqualTo(Dhcp6MessageType.REPLY);
    assertThat(second.steps())
        .as("it has no lease the second time either")
        .noneMatch(step -> step.why().contains("the client has it"));
    assertThat(counters.snapshot()).isEqualTo(before);
    assertThat(wire.replies).isEmpty();
    Ledger leases = new Ledger(engine, InstantSource.system());
    assertThat(leases.list(LeaseQuery.ALL, Optional.empty(), 9).toCompletableFuture().join())
        .isEmpty();
  }

  @Test
  void aTrialMayComeByARelayAgent() {
    Decision known = relayed("2001:db8:1::1");
    assertThat(known.answer().at(0)).isEqualTo(Dhcp6MessageType.RELAY_REPL);

    Decision unknown = relayed("2001:db8:9::1");
    assertThat(unknown.steps())
        .anyMatch(step -> step.topic() == Topic.SUBNET && step.what().equals("none"));
    assertThatThrownBy(() -> relayed("192.0.2.1"))
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("no relay agent of this protocol");
  }

  private Decision relayed(String by) {
    return ledger
        .tryOut(new PacketTrial(Family.IPV6, Wire.solicit(5), "", Optional.of(Ipv6.ofText(by))))
        .toCompletableFuture()
        .join();
  }

  private static Decision relayed(DecisionLedger by, String sourceOrNull, String peer) {
    return by.tryOut(
            new PacketTrial(
                Family.IPV6,
                Wire.solicit(5),
                "",
                Optional.of(Ipv6.ofText("2001:db8:1::1")),
                Optional.ofNullable(sourceOrNull).map(Ipv6::ofText),
                peer))
        .toCompletableFuture()
        .join();
  }

  private static String drop(Decision decision) {
    assertThat(decision.answer()).isEqualTo(Bytes.EMPTY);
    Decision.Step last = decision.steps().get(decision.steps().size() - 1);
    assertThat(last.topic()).isEqualTo(Topic.DROP);
    return last.what() + ": " + last.why();
  }

  @Test
  void aTrialIsRefusedFromRelayAgentsThatMayNotSpeak() {
    DecisionLedger listed =
        ledger(RelayPolicy.LISTED, Peers.listed("r1", "2001:db8:f::1", "2001:db8:1::/64"));

    assertThat(drop(relayed(listed, null, "")))
        .startsWith("pkt6-drop-relay-unlisted: relay.policy is listed");
    assertThat(relayed(listed, "2001:db8:f::1", "").answer().at(0))
        .isEqualTo(Dhcp6MessageType.RELAY_REPL);
    DecisionLedger elsewhere =
        ledger(RelayPolicy.LISTED, Peers.listed("r1", "2001:db8:f::1", "2001:db8:2::/64"));
    assertThat(drop(relayed(elsewhere, "2001:db8:f::1", ""))).startsWith("pkt6-drop-relay-link: ");
    assertThat(seen.relays()).as("nobody has spoken").isEmpty();
    assertThat(counters.snapshot().get("pkt6-drop-relay-unlisted")).isNull();
  }

  @Test
  void aTrialMayComeFromAPeerOnAHop() {
    DecisionLedger guarded =
        ledger(
            RelayPolicy.PROTECTED,
            Peers.keyed("r17", "2001:db8:1::/64"),
            Peers.keyed("r18", "2001:db8:2::/64"));

    assertThat(drop(relayed(guarded, null, ""))).startsWith("pkt6-drop-relay-unprotected: ");
    assertThat(relayed(guarded, null, "r17").answer().at(0)).isEqualTo(Dhcp6MessageType.RELAY_REPL);
    assertThat(drop(relayed(guarded, null, "r18"))).startsWith("pkt6-drop-relay-link: ");
    assertThatThrownBy(() -> relayed(guarded, null, "r19")).hasMessageContaining("'r19'");
    PacketTrial client =
        new PacketTrial(
            Family.IPV6, Wire.solicit(5), "", Optional.empty(), Optional.empty(), "r17");
    assertThatThrownBy(() -> guarded.tryOut(client).toCompletableFuture().join())
        .hasMessageContaining("--relay");
    assertThatThrownBy(() -> relayed(guarded, "192.0.2.1", ""))
        .hasMessageContaining("no address of this protocol");
  }

  @Test
  void boundsOfTracesAreChecked() {
    assertThatThrownBy(() -> ledger.begin(TracePattern.ANY, Duration.ofDays(2), 10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ledger.begin(TracePattern.ANY, Duration.ofMinutes(2), 10_000))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
