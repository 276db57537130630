// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.allocation.AllocationPolicy;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6OptionTable;
import io.leasehold.lease.LeaseChange;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Family;
import io.leasehold.server.LeaseQuery;
import io.leasehold.server.lane.Lane;
import io.leasehold.server.lane.Limits;
import io.leasehold.server.lane.Regime;
import io.leasehold.server.lease.StandardPolicies;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.plan.json.Document;
import io.leasehold.server.plan.json.Includes;
import io.leasehold.server.plan.json.PlanCompiler;
import io.leasehold.server.relay.Entrance;
import io.leasehold.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineTest {
  private static final Duid SERVER = Duid.ofText("00:02:00:00:00:09:01");
  private static final Function<String, AllocationPolicy> POLICIES =
      word -> StandardPolicies.named(word).orElseThrow();
  private static final int LANES = 3;
  private static final int LINKS = 8;

  private final Counters counters = new Counters();
  private final ConcurrentLinkedQueue<LeaseChange> told = new ConcurrentLinkedQueue<>();
  private final Engine engine =
      new Engine(
          new Engine.Size(LANES, 4096, Limits.NONE),
          counters,
          InstantSource.system(),
          told::addAll,
          new Prober(() -> null, counters));
  private final HeldStore store = new HeldStore();
  private final Wire wire = new Wire();

  @AfterEach
  void stop() {
    store.release();
    engine.close();
  }

  @Test
  void aReplyWaitsUntilItsLeaseIsDurable() throws IOException {
    engine.load(store, regime("2001:db8:%d::/64"), POLICIES);
    sendARequestThatWaits();

    assertThat(wire.replies).isEmpty();
    store.release();
    eventually(() -> wire.count(Dhcp6MessageType.REPLY) == 1);
    eventually(() -> told.size() == 1);
  }

  @Test
  void anAdvertiseDoesNotWaitForTheStore() throws IOException {
    engine.load(store, regime("2001:db8:%d::/64"), POLICIES);
    sendARequestThatWaits();

    send(Wire.solicit(2), 1);

    eventually(() -> wire.count(Dhcp6MessageType.ADVERTISE) == 1);
  }

  @Test
  void whatCannotBeMadeDurableIsNeverAcknowledged() throws IOException {
    engine.load(store, regime("2001:db8:%d::/64"), POLICIES);
    sendARequestThatWaits();

    store.stop();
    eventually(engine::hasLostStore);
    send(Wire.request(2, SERVER), 1);
    send(Wire.solicit(3), 1);
    eventually(() -> wire.count(Dhcp6MessageType.ADVERTISE) == 1);

    assertThat(wire.count(Dhcp6MessageType.REPLY)).isZero();
    assertThat(counters.snapshot())
        .containsEntry("pkt6-drop-not-durable", 1L)
        .containsEntry("pkt6-drop-store-unavailable", 1L);
  }

  @Test
  void afterAFailureTheLeasesAreThoseOfTheStore() throws IOException {
    engine.load(store, regime("2001:db8:%d::/64"), POLICIES);
    sendARequestThatWaits();
    store.stop();
    eventually(engine::hasLostStore);

    store.reopen();
    engine.load(store, engine.regime(), POLICIES);

    assertThat(leases()).isZero();
    send(Wire.request(2, SERVER), 1);
    eventually(() -> wire.count(Dhcp6MessageType.REPLY) == 1);
    assertThat(leases()).isEqualTo(1);
  }

  @Test
  void aPlanChangeLosesNoRequest() throws IOException {
    engine.load(store, regime("2001:db8:%d::/64"), POLICIES);
    int clients = 2000;
    for (int n = 0; n < clients; n++) {
      send(Wire.request(n, SERVER), n % LINKS);
      if (n % 100 == 0) {
        engine.change(regime("2001:db8:%d::/64"), POLICIES);
      }
    }

    eventually(() -> wire.count(Dhcp6MessageType.REPLY) == clients);
    assertThat(leases()).isEqualTo(clients);
  }

  @Test
  void linksOfAnotherPlanAreOpenedWhileTheLanesServe() throws IOException {
    engine.load(store, regime("2001:db8:%d::/64"), POLICIES);
    AtomicInteger opened = new AtomicInteger();
    AtomicInteger waited = new AtomicInteger();

    engine.change(
        regime("2001:db8:%d::/64"),
        word -> {
          CompletableFuture<Void> passed = new CompletableFuture<>();
          engine.between(() -> passed.complete(null));
          waited.addAndGet(passed.isDone() ? 0 : 1);
          opened.incrementAndGet();
          return POLICIES.apply(word);
        });

    assertThat(opened).hasValue(LINKS);
    assertThat(waited).as("links that were opened in the pause").hasValue(0);
  }

  @Test
  void leasesFollowTheirLinkToAnotherLane() throws IOException {
    engine.load(store, regime("2001:db8:%d::/64"), POLICIES);
    for (int n = 0; n < LINKS; n++) {
      send(Wire.request(n, SERVER), n);
    }
    eventually(() -> wire.count(Dhcp6MessageType.REPLY) == LINKS);

    engine.change(regime(plan("2001:db8:%d::/64", "shared")), POLICIES);
    for (int n = 0; n < LINKS; n++) {
      send(Wire.request(n, SERVER), n);
    }

    eventually(() -> wire.count(Dhcp6MessageType.REPLY) == 2 * LINKS);
    assertThat(leases()).as("every client got its own lease again").isEqualTo(LINKS);
  }

  @Test
  void aClientOfAnUnknownLinkGetsTheOptionsOfNoLinkInParticular() throws IOException {
    engine.load(store, regime("2001:db8:%d::/64"), POLICIES);

    engine
        .inbound(Family.IPV6, Entrance.WIDE)
        .message(Wire.informationRequest(), wire.path("elsewhere"));

    eventually(() -> wire.count(Dhcp6MessageType.REPLY) == 1);
    assertThat(wire.replies.element().options().raw(23))
        .contains(Bytes.ofHex("20010db8000000000000000000000053"));
  }

  @Test
  void aWipeIsDurableWhenItSaysSo() throws Exception {
    engine.load(store, regime("2001:db8:%d::/64"), POLICIES);
    for (int n = 0; n < 3000; n++) {
      send(Wire.request(n, SERVER), n % LINKS);
    }
    eventually(() -> wire.count(Dhcp6MessageType.REPLY) == 3000);

    Ledger ledger = new Ledger(engine, InstantSource.system());
    assertThat(ledger.wipe(LeaseQuery.ALL).toCompletableFuture().get()).isEqualTo(3000);

    engine.load(store, engine.regime(), POLICIES);
    assertThat(leases()).isZero();
  }

  @Test
  void aWipeWaitsUntilAPlanChangeIsThrough() throws Exception {
    engine.load(store, regime("2001:db8:%d::/64"), POLICIES);
    send(Wire.request(1, SERVER), 1);
    eventually(() -> wire.count(Dhcp6MessageType.REPLY) == 1);
    Engine.join(engine.each(LaneThread::pause));

    var wiped = new Ledger(engine, InstantSource.system()).wipe(LeaseQuery.ALL);

    Engine.join(engine.each(lane -> lane.call(Lane::table)));
    assertThat(wiped.toCompletableFuture()).isNotDone();
    engine.each(
        lane -> {
          lane.resume();
          return null;
        });
    assertThat(wiped.toCompletableFuture().get()).isEqualTo(1);
  }

  @Test
  void whatBeginsIsDroppedAtAGlanceWhileALaneIsOverloaded() throws IOException {
    engine.load(store, regime("2001:db8:%d::/64"), POLICIES);
    sendARequestThatWaits();
    int more = 0;
    while (counters.snapshot().getOrDefault("pkt6-queue-full", 0L) == 0) {
      send(Wire.request(100 + more++, SERVER), 1);
    }

    for (int n = 2; n < 10; n++) {
      send(Wire.solicit(n), 1);
    }
    assertThat(counters.snapshot())
        .containsEntry("pkt6-drop-overload", 8L)
        .as("one shows that the lane is overloaded, one whose lane it is; no other is decoded")
        .containsEntry("pkt6-solicit-received", 2L);
    assertThat(engine.alarms()).singleElement().asString().startsWith("overloaded: lane ");

    int served = more;
    store.release();
    eventually(() -> wire.count(Dhcp6MessageType.REPLY) == served);
    assertThat(engine.queued()).isZero();
  }

  @Test
  void whatBeginsIsDroppedWhileMoreComesThanIsReceived() throws IOException {
    engine.load(store, regime("2001:db8:%d::/64"), POLICIES);
    assertThat(engine.alarms()).isEmpty();

    engine.inbound(Family.IPV6, Entrance.WIDE).late(Wire.solicit(1), wire.path("eth1"));
    engine.inbound(Family.IPV6, Entrance.WIDE).late(Wire.request(2, SERVER), wire.path("eth1"));
    engine.inbound(Family.IPV6, Entrance.WIDE).gathered();

    eventually(() -> wire.count(Dhcp6MessageType.REPLY) == 1);
    assertThat(wire.replies).hasSize(1);
    assertThat(counters.snapshot())
        .containsEntry("pkt6-drop-overload", 1L)
        .containsEntry("pkt6-received", 2L);
    assertThat(engine.alarms())
        .containsExactly(
            "overloaded: more comes in than the server can receive, so clients that begin are"
                + " dropped (counters *-drop-overload) and clients with leases are served");
  }

  @Test
  void aRequestThatComesAgainBeforeItsLeaseIsDurableIsAnsweredOnce() throws IOException {
    engine.load(store, regime("2001:db8:%d::/64"), POLICIES);
    sendARequestThatWaits();
    send(Wire.request(1, SERVER), 1);
    store.release();
    send(Wire.request(2, SERVER), 1);
    eventually(() -> wire.count(Dhcp6MessageType.REPLY) == 2);
    assertThat(counters.snapshot()).containsEntry("pkt6-duplicate", 1L);

    eventually(
        () -> {
          send(Wire.request(1, SERVER), 1);
          return wire.count(Dhcp6MessageType.REPLY) > 2;
        });
  }

  private void send(Bytes datagram, int link) {
    engine.inbound(Family.IPV6, Entrance.WIDE).message(datagram, wire.path("eth" + link));
  }

  private void sendARequestThatWaits() {
    store.hold();
    send(Wire.request(1, SERVER), 1);
    eventually(() -> store.waiting() == 1);
  }

  private long leases() {
    return new Ledger(engine, InstantSource.system())
        .list(LeaseQuery.ALL, Optional.empty(), Integer.MAX_VALUE)
        .toCompletableFuture()
        .join()
        .size();
  }

  private static void eventually(BooleanSupplier condition) {
    Await.until(Duration.ofSeconds(20), condition);
  }

  private Regime regime(String prefixes) {
    return regime(prefixes, LANES, counters);
  }

  static Regime regime(String prefixes, int lanes, Counters counters) {
    return new Regime(plan(prefixes, ""), SERVER, List.of(), counters, lanes);
  }

  private Regime regime(ServerPlan plan) {
    return new Regime(plan, SERVER, List.of(), counters, LANES);
  }

  /**
   * A plan with links eth0, eth1, ...; with a name, each is a shared network of that name and its
   * number.
   */
  private static ServerPlan plan(String prefixes, String network) {
    StringBuilder links = new StringBuilder();
    for (int n = 0; n < LINKS; n++) {
      String prefix = prefixes.formatted(n);
      String subnet =
          "{\"id\":%d,\"subnet\":\"%s\",\"interface\":\"eth%d\",\"pools\":[{\"pool\":\"%s\"}]}"
              .formatted(n + 1, prefix, n, prefix);
      links.append(n == 0 ? "" : ",");
      links.append(
          network.isEmpty()
              ? subnet
              : "{\"name\":\"%s-%d\",\"interface\":\"eth%d\",\"subnet6\":[%s]}"
                  .formatted(network, n, n, subnet));
    }
    String key = network.isEmpty() ? "subnet6" : "shared-networks";
    Document document =
        new Document(
            "test.json",
            "{\"Dhcp6\":{\"option-data\":[{\"name\":\"dns-servers\",\"data\":\"2001:db8::53\"}],\"%s\":[%s]}}"
                .formatted(key, links));
    return new PlanCompiler(Dhcp6OptionTable.CATALOGUE, Includes.NONE)
        .compile(List.of(document), List.of())
        .plan()
        .orElseThrow();
  }
}
