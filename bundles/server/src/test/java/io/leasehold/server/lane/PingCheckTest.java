// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import static io.leasehold.server.v4.Query.ALICE;
import static io.leasehold.server.v4.Query.BOB;
import static io.leasehold.server.v4.Query.discover;
import static io.leasehold.server.v4.Query.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.server.lease.StandardPolicies;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.FamilySettings;
import io.leasehold.server.plan.PingCheck;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.protocol.ProbeWish;
import io.leasehold.server.protocol.RelayRight;
import io.leasehold.server.v4.Query;
import io.leasehold.server.v4.TestServer;
import io.leasehold.server.v4.intake.Drop;
import io.leasehold.transport.Destination;
import io.leasehold.transport.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 2131 section 4.3.1: an address is probed before it is offered, where the plan wants it. */
class PingCheckTest {
  private static final PingCheck TWICE = new PingCheck(true, 2, 100, 60);

  private record Way(
      String interfaceName, Ipv6 local, Ipv6 remote, int remotePort, List<Ipv6> interfaceAddresses)
      implements Path {
    @Override
    public boolean send(Bytes message, Destination to) {
      throw new AssertionError("the driver sends");
    }
  }

  private static final Path WAY =
      new Way(
          "eth1",
          TestServer.ON_ETH1.local(),
          TestServer.ON_ETH1.remote(),
          68,
          TestServer.ON_ETH1.interfaceAddresses());

  private final Counters counters = new Counters();
  private final Lane lane = new Lane(0, counters, new SplittableRandom(1));
  private long now = 1_000_000;

  @BeforeEach
  void serve() {
    serve(TWICE);
  }

  private void serve(PingCheck check) {
    FamilyPlan without = TestServer.plan(true, List.of(), TestServer.lab().link());
    FamilySettings before = without.settings();
    FamilyPlan v4 =
        new FamilyPlan(
            Family.IPV4,
            true,
            new FamilySettings(
                before.interfaces(),
                before.serverId(),
                before.declineProbationSeconds(),
                before.holdReclaimedSeconds(),
                before.reservationIdentifiers(),
                before.relaySuppliedOptions(),
                before.echoClientId(),
                before.compatibility(),
                check,
                java.util.Optional.empty()),
            without.links(),
            without.options(),
            without.globalReservations());
    ServerPlan plan =
        new ServerPlan("test", FamilyPlan.none(Family.IPV6), v4, OptionCatalogue.EMPTY);
    Regime regime = new Regime(plan, Duid.ofText("00:02:00:00:00:09:01"), List.of(), counters, 1);
    lane.adopt(regime, lane.newTable(), word -> StandardPolicies.named(word).orElseThrow());
  }

  private Turn ask(Query query) {
    Arrival arrival = Arrival.of(WAY, RelayRight.EVERYBODY);
    Job<?> job = lane.regime().accept(Family.IPV4, query.build().encode(), arrival, WAY);
    return lane.turn(List.of(job), now, true);
  }

  private Turn probed(String address, boolean inUse) {
    return lane.probed(key(address), inUse, now, true);
  }

  private static LeaseKey key(String address) {
    return LeaseKey.address(Family.IPV4, Ipv6.ofText("::ffff:" + address));
  }

  private static List<String> offers(Turn turn) {
    return turn.immediate().stream()
        .map(reply -> Dhcp4Message.decode(reply.datagram()).yourAddress().toString())
        .toList();
  }

  private static ProbeWish wish(String address) {
    return new ProbeWish(key(address), 1, 2, Duration.ofMillis(100), Drop.NO_ADDRESS);
  }

  private long count(String counter) {
    return counters.snapshot().getOrDefault(counter, 0L);
  }

  @Test
  void anOfferWaitsUntilNobodyHasAnswered() {
    Turn asked = ask(discover(ALICE));
    assertThat(asked.immediate()).isEmpty();
    assertThat(asked.probes()).containsExactly(wish("192.0.2.16"));

    Turn free = probed("192.0.2.16", false);

    assertThat(offers(free)).containsExactly("192.0.2.16");
    assertThat(free.changes()).isEmpty();
    assertThat(offers(probed("192.0.2.16", false))).isEmpty();
  }

  @Test
  void anAddressThatSomebodyUsesIsOutOfUseAndAnotherIsProbed() {
    ask(discover(ALICE));

    Turn used = probed("192.0.2.16", true);

    assertThat(used.immediate()).isEmpty();
    assertThat(used.probes()).containsExactly(wish("192.0.2.17"));
    assertThat(used.changes())
        .extracting(change -> change.key())
        .containsExactly(key("192.0.2.16"));
    Lease declined = lane.find(key("192.0.2.16"));
    assertThat(declined.state()).isEqualTo(LeaseState.ABANDONED);
    assertThat(declined.times().expires()).isEqualTo(now + TestServer.PROBATION);
    assertThat(count("pkt4-ping-conflict")).isOne();
    assertThat(offers(probed("192.0.2.17", false))).containsExactly("192.0.2.17");
  }

  @Test
  void withoutAStoreNothingIsDeclined() {
    ask(discover(ALICE));

    Turn used = lane.probed(key("192.0.2.16"), true, now, false);

    assertThat(used.changes()).isEmpty();
    assertThat(lane.find(key("192.0.2.16"))).isNull();
    assertThat(count("pkt4-drop-store-unavailable")).isOne();
  }

  @Test
  void aClientThatAsksAgainIsProbedForOnce() {
    ask(discover(ALICE));
    assertThat(ask(discover(ALICE)).probes()).isEmpty();
    assertThat(ask(discover(BOB)).probes()).containsExactly(wish("192.0.2.17"));

    assertThat(offers(probed("192.0.2.16", false))).containsExactly("192.0.2.16");
  }

  @Test
  void aProbeThatIsNeverAnsweredIsStartedAnew() {
    ask(discover(ALICE));
    now += 4;
    assertThat(ask(discover(ALICE)).probes()).isEmpty();
    now += 2;
    assertThat(ask(discover(ALICE)).probes()).containsExactly(wish("192.0.2.16"));
  }

  @Test
  void oneDiscoverProbesFourAddresses() {
    ask(discover(ALICE));
    for (int last = 16; last < 19; last++) {
      assertThat(probed("192.0.2." + last, true).probes()).hasSize(1);
    }
    Turn end = probed("192.0.2.19", true);

    assertThat(end.probes()).isEmpty();
    assertThat(end.changes()).hasSize(1);
    assertThat(count("pkt4-receive-drop")).isOne();
    assertThat(ask(discover(ALICE)).probes()).containsExactly(wish("192.0.2.20"));
  }

  @Test
  void clientsThatHaveOrJustHadTheAddressGetItWithout() {
    lease(ALICE);
    assertThat(offers(ask(discover(ALICE)))).containsExactly("192.0.2.16");

    ask(Query.release(ALICE).to(TestServer.ADDRESS).having("192.0.2.16"));
    now += 59;
    assertThat(offers(ask(discover(ALICE)))).containsExactly("192.0.2.16");
    now += 1;
    assertThat(ask(discover(ALICE)).probes()).containsExactly(wish("192.0.2.16"));
  }

  private void lease(int client) {
    Turn bound = ask(request(client).to(TestServer.ADDRESS).wanting("192.0.2.16"));
    assertThat(bound.changes()).hasSize(1);
  }

  @Test
  void whoGotTheAddressMeanwhileKeepsIt() {
    ask(discover(ALICE));
    lease(ALICE);

    Turn used = probed("192.0.2.16", true);

    assertThat(used.changes()).isEmpty();
    assertThat(lane.find(key("192.0.2.16")).state()).isEqualTo(LeaseState.ACTIVE);
    assertThat(offers(used)).containsExactly("192.0.2.16");
  }

  @Test
  void anotherPlanForgetsWhatWaits() {
    ask(discover(ALICE));
    serve(PingCheck.OFF);

    assertThat(probed("192.0.2.16", true).changes()).isEmpty();
    assertThat(offers(ask(discover(ALICE)))).containsExactly("192.0.2.16");
  }

  @Test
  void heldOffersAreBounded() {
    HeldOffers held = new HeldOffers(1);
    held.hold(HeldOffers.Held.of(null, null, wish("192.0.2.16"), 1, now), now);

    assertThat(held.takes(wish("192.0.2.16"), now)).isTrue();
    assertThat(held.takes(wish("192.0.2.17"), now)).isFalse();
    assertThat(held.takes(wish("192.0.2.17"), now + 6)).isTrue();
  }
}
