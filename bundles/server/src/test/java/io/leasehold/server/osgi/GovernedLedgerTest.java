// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.allocation.AllocationPolicy;
import io.leasehold.allocation.GovernedLeases.Edit;
import io.leasehold.allocation.GovernedLeases.Outcome;
import io.leasehold.allocation.GovernedLeases.Pool;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6OptionTable;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Duid;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.server.lane.Limits;
import io.leasehold.server.lane.Regime;
import io.leasehold.server.lease.FakeGovernor;
import io.leasehold.server.lease.StandardPolicies;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.plan.json.Document;
import io.leasehold.server.plan.json.Includes;
import io.leasehold.server.plan.json.PlanCompiler;
import io.leasehold.server.relay.Entrance;
import io.leasehold.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Leases of all lanes as their governor changes and reads them. */
class GovernedLedgerTest {
  private static final Duid SERVER = Duid.ofText("00:02:00:00:00:09:01");
  private static final Function<String, AllocationPolicy> POLICIES =
      word -> StandardPolicies.named(word).orElseThrow();
  private static final int LANES = 3;
  private static final int LINKS = 8;

  private final Counters counters = new Counters();
  private final FakeGovernor governor = new FakeGovernor(true);
  private final HeldStore store = new HeldStore();
  private final Wire wire = new Wire();
  private final Engine engine =
      new Engine(
          new Engine.Size(LANES, 4096, Limits.NONE),
          counters,
          InstantSource.system(),
          changes -> {},
          new Prober(() -> null, counters));
  private static final String GLOBAL =
      "\"reservations\":[{\"duid\":\"01:02:03:05\",\"prefixes\":[\"2001:db8:100:5500::/60\"]}]";

  private final GovernedLedger ledger = new GovernedLedger(engine, InstantSource.system());

  @BeforeEach
  void load() throws IOException {
    engine.govern(Map.of(FakeGovernor.NAME, governor));
    engine.load(store, regime("one"), POLICIES);
  }

  @AfterEach
  void stop() {
    store.release();
    engine.close();
  }

  /** Links whose lanes depend on a name; the last one is nobody's. */
  private Regime regime(String name) {
    StringBuilder links = new StringBuilder();
    for (int n = 0; n <= LINKS; n++) {
      links
          .append(n == 0 ? "" : ",")
          .append(
              ("{\"name\":\"%s-%d\"%s,\"subnet6\":[{\"id\":%d,\"subnet\":\"2001:db8:%d::/64\","
                      + "\"interface\":\"eth%d\",\"pools\":[{\"pool\":\"2001:db8:%d::/112\"}]%s}]}")
                  .formatted(
                      name,
                      n,
                      n == LINKS ? "" : ",\"failover\":\"pair-1\"",
                      n + 1,
                      n,
                      n,
                      n,
                      n == 0
                          ? ",\"pd-pools\":[{\"prefix\":\"2001:db8:100::\",\"prefix-len\":40,\"delegated-len\":56}],"
                              + "\"reservations-global\":true,\"reservations\":[{\"duid\":\"01:02:03:04\","
                              + "\"prefixes\":[\"2001:db8:1ff:ff00::/56\",\"2001:db8:300::/56\"]}]"
                          : ""));
    }
    Document document =
        new Document(
            "test.json", "{\"Dhcp6\":{\"shared-networks\":[%s],%s}}".formatted(links, GLOBAL));
    return new Regime(
        new PlanCompiler(Dhcp6OptionTable.CATALOGUE, Includes.NONE)
            .compile(List.of(document), List.of())
            .plan()
            .orElseThrow(),
        SERVER,
        List.of(),
        counters,
        LANES);
  }

  private static LeaseKey key(int link, int address) {
    return LeaseKey.address(Ipv6.ofText("2001:db8:%x::%x".formatted(link, address)));
  }

  /** An edit that writes a lease, or counts up when it expires. */
  private static Edit counting(LeaseKey key) {
    return new Edit(
        key,
        (present, now) ->
            Optional.of(
                present
                    .map(lease -> lease(key, lease.times().expires() + 1))
                    .orElse(lease(key, 5_000_000_000L))));
  }

  private static Lease lease(LeaseKey key, long expires) {
    return new Lease(
        key,
        0,
        ClientIdentity.of(SERVER),
        7,
        LeaseState.ACTIVE,
        new LeaseTimes(1, 1, 1, expires),
        LeaseDetails.NONE);
  }

  private List<Outcome> edit(Edit... edits) {
    return ledger.edit(FakeGovernor.NAME, List.of(edits)).toCompletableFuture().join();
  }

  private List<Lease> all(int limit) {
    List<Lease> all = new ArrayList<>();
    Optional<LeaseKey> after = Optional.empty();
    List<Lease> page;
    do {
      page = ledger.page(FakeGovernor.NAME, after, limit).toCompletableFuture().join();
      all.addAll(page);
      after = page.isEmpty() ? after : Optional.of(page.get(page.size() - 1).key());
    } while (!page.isEmpty());
    return all;
  }

  private static void eventually(BooleanSupplier condition) {
    Await.until(Duration.ofSeconds(20), condition);
  }

  @Test
  void editsReachAllLanesAndAnswersKeepTheirOrder() {
    assertThat(
            edit(
                counting(key(3, 1)),
                counting(key(LINKS, 1)),
                counting(key(0, 1)),
                counting(key(3, 1)),
                counting(key(0xdead, 1))))
        .containsExactly(
            Outcome.CHANGED, Outcome.FOREIGN, Outcome.CHANGED, Outcome.CHANGED, Outcome.FOREIGN);
    assertThat(all(1)).extracting(Lease::key).containsExactly(key(0, 1), key(3, 1));
    assertThat(all(100)).extracting(Lease::subnetId).containsExactly(1L, 4L);
    assertThat(all(100).get(1).times().expires()).isEqualTo(5_000_000_001L);
    eventually(() -> governor.told.size() == 2);
  }

  @Test
  void anEditIsDoneWhenItIsDurable() {
    store.hold();
    var changed = ledger.edit(FakeGovernor.NAME, List.of(counting(key(1, 1))));
    eventually(() -> store.waiting() == 1);
    Edit keep = new Edit(key(1, 1), (present, now) -> present);
    var kept = ledger.edit(FakeGovernor.NAME, List.of(keep));
    Engine.join(engine.each(lane -> lane.call(target -> null)));

    assertThat(changed.toCompletableFuture()).isNotDone();
    assertThat(kept.toCompletableFuture()).as("what it found is not durable").isNotDone();
    assertThat(governor.told).isEmpty();

    store.release();
    assertThat(changed.toCompletableFuture().join()).containsExactly(Outcome.CHANGED);
    assertThat(kept.toCompletableFuture().join()).containsExactly(Outcome.KEPT);
  }

  @Test
  void anEditFailsWithTheStore() {
    store.hold();
    var changed = ledger.edit(FakeGovernor.NAME, List.of(counting(key(1, 1))));
    eventually(() -> store.waiting() == 1);
    store.stop();

    assertThat(changed.toCompletableFuture()).failsWithin(Duration.ofSeconds(20));
    eventually(engine::hasLostStore);
    assertThat(ledger.edit(FakeGovernor.NAME, List.of(counting(key(1, 1)))).toCompletableFuture())
        .failsWithin(Duration.ofSeconds(20));
  }

  @Test
  void anAmendmentWaitsForNobodyAndIsWrittenWithWhatComesNext() {
    store.hold();
    var amended = ledger.amend(FakeGovernor.NAME, List.of(counting(key(1, 1))));

    assertThat(amended.toCompletableFuture().join()).containsExactly(Outcome.CHANGED);
    assertThat(all(9)).extracting(Lease::key).containsExactly(key(1, 1));
    assertThat(store.waiting()).as("nothing waits for it").isZero();

    var changed = ledger.edit(FakeGovernor.NAME, List.of(counting(key(1, 2))));
    eventually(() -> store.waiting() == 1);
    store.release();
    assertThat(changed.toCompletableFuture().join()).containsExactly(Outcome.CHANGED);
    assertThat(store.written()).contains(key(1, 1), key(1, 2));
    eventually(() -> governor.told.size() == 1);
    assertThat(governor.told.element().key()).as("who amends knows it").isEqualTo(key(1, 2));
  }

  @Test
  void anAmendmentIsWrittenThoughNothingComes() {
    ledger.amend(FakeGovernor.NAME, List.of(counting(key(1, 1)), counting(key(1, 1))));
    assertThat(store.written()).isEmpty();
    eventually(() -> store.written().contains(key(1, 1)));
    assertThat(store.lease(key(1, 1)).times().expires()).isEqualTo(5_000_000_001L);
    assertThat(governor.told).isEmpty();
  }

  @Test
  void whatReplacesAnAmendmentIsNotUndoneByIt() {
    ledger.amend(FakeGovernor.NAME, List.of(counting(key(1, 1))));
    edit(new Edit(key(1, 1), (present, now) -> Optional.empty()), counting(key(1, 2)));
    engine.close();
    assertThat(store.written()).containsExactly(key(1, 2));
  }

  @Test
  void amendmentsAreWrittenBeforeLeasesGoToOtherLanes() {
    ledger.amend(FakeGovernor.NAME, List.of(counting(key(1, 1)), counting(key(2, 1))));
    engine.change(regime("another plan"), POLICIES);
    assertThat(store.written()).contains(key(1, 1), key(2, 1));
    assertThat(all(9)).hasSize(2);
  }

  @Test
  void anAmendmentFailsWithoutAStore() {
    engine.forgetStore();
    assertThat(ledger.amend(FakeGovernor.NAME, List.of(counting(key(1, 1)))).toCompletableFuture())
        .failsWithin(Duration.ofSeconds(20));
  }

  @Test
  void noEditIsLostWhenLeasesGoToOtherLanes() {
    int rounds = 400;
    List<CompletableFuture<List<Outcome>>> done = new ArrayList<>();
    CompletableFuture<Void> editing =
        CompletableFuture.runAsync(
            () -> {
              for (int round = 0; round < rounds; round++) {
                List<Edit> edits = new ArrayList<>();
                for (int link = 0; link < LINKS; link++) {
                  edits.add(counting(key(link, 2 * (round % 5) + 1)));
                }
                done.add(ledger.edit(FakeGovernor.NAME, edits).toCompletableFuture());
              }
            });
    int changes = 0;
    while (!editing.isDone() || changes < 5) {
      engine.change(regime("plan " + changes++), POLICIES);
      assertThat(all(3).size()).isLessThanOrEqualTo(5 * LINKS);
    }
    editing.join();

    assertThat(done).hasSize(rounds);
    for (CompletableFuture<List<Outcome>> one : done) {
      assertThat(one.join()).hasSize(LINKS).containsOnly(Outcome.CHANGED);
    }
    assertThat(all(7))
        .hasSize(5 * LINKS)
        .allSatisfy(
            lease ->
                assertThat(lease.times().expires()).isEqualTo(5_000_000_000L + rounds / 5 - 1));
  }

  @Test
  void aGovernorHearsOfWhatClientsGet() {
    engine.inbound(Family.IPV6, Entrance.WIDE).message(Wire.request(1, SERVER), wire.path("eth2"));
    engine
        .inbound(Family.IPV6, Entrance.WIDE)
        .message(Wire.request(2, SERVER), wire.path("eth" + LINKS));

    eventually(() -> wire.count(Dhcp6MessageType.REPLY) == 2);
    eventually(() -> !governor.told.isEmpty());
    assertThat(governor.told)
        .singleElement()
        .satisfies(
            change -> assertThat(FakeGovernor.marks(change.lease().orElseThrow())).isEqualTo(1));
  }

  @Test
  void whatIsGovernedIsKnown() {
    assertThat(ledger.contains(FakeGovernor.NAME, key(2, 0xffff))).isTrue();
    assertThat(ledger.contains(FakeGovernor.NAME, key(LINKS, 1))).isFalse();
    assertThat(ledger.contains("other", key(2, 1))).isFalse();
    LeaseKey prefix = LeaseKey.prefix(Prefix.ofText("2001:db8:155:1200::/56"));
    assertThat(ledger.contains(FakeGovernor.NAME, prefix)).isTrue();
    assertThat(
            ledger.contains(FakeGovernor.NAME, LeaseKey.prefix(Prefix.ofText("2001:db8:200::/56"))))
        .isFalse();
    assertThat(ledger.pools(FakeGovernor.NAME))
        .hasSize(LINKS + 1)
        .startsWith(
            new Pool(key(0, 0), 65536),
            new Pool(
                LeaseKey.prefix(Prefix.ofText("2001:db8:100::/56")),
                65536,
                List.of(
                    Prefix.ofText("2001:db8:1ff:ff00::/56"),
                    Prefix.ofText("2001:db8:100:5500::/60"))));
    assertThat(ledger.pools("other")).isEmpty();
  }
}
