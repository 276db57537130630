// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import static io.leasehold.server.v4.Query.ALICE;
import static io.leasehold.server.v4.Query.BOB;
import static io.leasehold.server.v4.Query.discover;
import static io.leasehold.server.v4.Query.inform;
import static io.leasehold.server.v4.Query.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.allocation.GovernedLeases.Edit;
import io.leasehold.allocation.GovernedLeases.Pool;
import io.leasehold.allocation.GovernorView.Service;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.codec.v4.Dhcp4Options;
import io.leasehold.codec.v6.Dhcp6OptionTable;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.server.lease.FakeGovernor;
import io.leasehold.server.lease.StandardPolicies;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.plan.json.Document;
import io.leasehold.server.plan.json.Includes;
import io.leasehold.server.plan.json.PlanCompiler;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.v4.Query;
import io.leasehold.server.v4.TestServer;
import io.leasehold.transport.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Subnets of DHCPv4 that two servers share. */
class GovernedDhcp4Test {
  private static final long NOW = 1_000_000;
  private static final String SERVER = TestServer.ADDRESS;
  private static final String RESERVED = "192.0.2.20";
  private static final Path WAY = new NoWay("eth1", Ipv6.UNSPECIFIED, Ipv6.UNSPECIFIED, 68);
  private static final Arrival BROADCAST = TestServer.ON_ETH1;
  private static final String PLAN =
      """
      {"Dhcp4":{"subnet4":[{"id":1,"subnet":"192.0.2.0/24","interface":"eth1","failover":"pair-1",
        "rapid-commit":true,"pools":[{"pool":"192.0.2.16-192.0.2.31"}],
        "reservations":[{"hw-address":"02:00:00:00:00:0a","ip-address":"192.0.2.20"},
                        {"circuit-id":"'port 7'","ip-address":"192.0.2.21"}]}]}}
      """;

  private final Counters counters = new Counters();
  private final FakeGovernor governor = new FakeGovernor(true);
  private final FakeGovernor secondary = new FakeGovernor(false);
  private final Lane lane = new Lane(0, counters, new SplittableRandom(1));
  private Regime regime;

  @BeforeEach
  void adopt() {
    regime =
        new Regime(
            new PlanCompiler(Dhcp6OptionTable.CATALOGUE, Includes.NONE)
                .compile(List.of(new Document("test.json", PLAN)), List.of())
                .plan()
                .orElseThrow(),
            Duid.ofText("00:02:00:00:00:09:01"),
            List.of(),
            counters,
            1);
    lane.adopt(regime, lane.newTable(), word -> StandardPolicies.named(word).orElseThrow());
    govern(governor);
  }

  private void govern(FakeGovernor one) {
    lane.govern(Map.of(FakeGovernor.NAME, one));
  }

  private static LeaseKey key(String address) {
    return LeaseKey.address(Family.IPV4, Ipv6.mapped(Ipv4.ofText(address)));
  }

  /** The answer; null if there is none. */
  private Dhcp4Message ask(Query query, Arrival arrival) {
    Job<?> job = regime.accept(Family.IPV4, query.build().encode(), arrival, WAY);
    Turn turn = lane.turn(job == null ? List.of() : List.of(job), NOW, true);
    return Stream.concat(turn.immediate().stream(), turn.whenDurable().stream())
        .map(reply -> Dhcp4Message.decode(reply.datagram()))
        .findFirst()
        .orElse(null);
  }

  private boolean answers(Query query, Arrival arrival) {
    return ask(query, arrival) != null;
  }

  private static Arrival from(String client) {
    return TestServer.unicast(client, SERVER);
  }

  private String obtain(int client) {
    Dhcp4Message ack =
        ask(
            request(client).to(SERVER).wanting(ask(discover(client), BROADCAST).yourAddress()),
            BROADCAST);
    return ack.yourAddress().toString();
  }

  /** As the partner says that it has given the client one, too. */
  private void alsoHas(LeaseKey other, Lease lease) {
    lane.governed()
        .edit(
            FakeGovernor.NAME,
            List.of(
                new Edit(
                    other,
                    (present, now) ->
                        Optional.of(
                            new Lease(
                                other,
                                1,
                                lease.client(),
                                0,
                                LeaseState.ACTIVE,
                                lease.times(),
                                LeaseDetails.NONE)))),
            NOW);
  }

  /** As the primary hands an address over. */
  private void handOver(String address) {
    lane.governed()
        .edit(
            FakeGovernor.NAME,
            List.of(
                new Edit(
                    key(address),
                    (present, now) ->
                        Optional.of(
                            new Lease(
                                key(address),
                                1,
                                ClientIdentity.NONE,
                                0,
                                LeaseState.FREE_BACKUP,
                                new LeaseTimes(now, 0, now, LeaseTimes.NEVER),
                                LeaseDetails.NONE)))),
            NOW);
  }

  /** RFC 8156 section 8, and RFC 2131 section 4.3.6 for what names a server. */
  @Test
  void whoIsAnsweredIsForTheGovernorToSay() {
    String address = obtain(BOB);
    Query renewal = request(BOB).having(address);

    governor.service = Service.OWN;
    assertThat(answers(discover(ALICE), BROADCAST)).isFalse();
    assertThat(answers(renewal, BROADCAST)).as("rebinding").isFalse();
    assertThat(answers(request(BOB).wanting(address), BROADCAST)).as("rebooting").isFalse();
    assertThat(answers(inform(BOB).having(address), BROADCAST)).isFalse();
    assertThat(answers(inform(BOB).having(address), from(address))).isTrue();
    assertThat(answers(renewal, from(address))).isTrue();
    assertThat(answers(request(BOB).to(SERVER).wanting(address), BROADCAST)).isTrue();

    governor.service = Service.RECORDED;
    assertThat(answers(request(BOB).to(SERVER).wanting(address), BROADCAST)).isFalse();
    assertThat(ask(renewal, from(address)).type()).isEqualTo(Dhcp4MessageType.ACK);
    assertThat(answers(request(ALICE).having("192.0.2.18"), from("192.0.2.18"))).isFalse();

    governor.service = Service.NONE;
    assertThat(answers(renewal, from(address))).isFalse();
    assertThat(counters.snapshot()).containsEntry("pkt4-drop-failover-state", 6L);
  }

  @Test
  void dhcp4MayBeClosedAlone() {
    governor.closesDhcp4 = true;
    assertThat(answers(discover(BOB), BROADCAST)).isFalse();
    governor.closesDhcp4 = false;
    assertThat(answers(discover(BOB), BROADCAST)).isTrue();
  }

  /** RFC 5107: then a server identifier does not tell which server is meant. */
  @Test
  void relayAgentThatHidesTheServerNamesNone() {
    String relay = "192.0.2.2";
    Query hidden =
        request(BOB).to(relay).wanting("192.0.2.17").through(relay).relayed(11, "c0000202");
    Arrival relayed = TestServer.unicast(relay, SERVER);

    governor.service = Service.OWN;
    assertThat(answers(hidden, relayed)).isFalse();
    governor.service = Service.ALL;
    governor.gives = false;
    governor.silent = true;
    assertThat(answers(hidden, relayed)).as("the partner's offer").isFalse();
    governor.silent = false;
    assertThat(ask(hidden, relayed).type()).isEqualTo(Dhcp4MessageType.NAK);
  }

  @Test
  void secondaryGivesWhatIsHandedOver() {
    govern(secondary);
    assertThat(answers(discover(BOB), BROADCAST)).isFalse();
    handOver("192.0.2.30");
    assertThat(obtain(BOB)).isEqualTo("192.0.2.30");
    assertThat(lane.find(key("192.0.2.30")).state()).isEqualTo(LeaseState.ACTIVE);

    govern(governor);
    handOver("192.0.2.16");
    assertThat(obtain(0x0c)).isNotEqualTo("192.0.2.16");
  }

  @Test
  void reservedAddressesAreNotHandedOver() {
    assertThat(regime.territory().pools(FakeGovernor.NAME))
        .containsExactly(
            new Pool(
                key("192.0.2.16"),
                16,
                List.of(key(RESERVED).asPrefix(), key("192.0.2.21").asPrefix())));
  }

  /** The hardware is the host: no other client can get it from the partner. */
  @Test
  void reservedAddressIsGivenByBoth() {
    govern(secondary);
    assertThat(obtain(ALICE)).isEqualTo(RESERVED);
  }

  @Test
  void addressOfACircuitIsThePrimarys() {
    Query first = discover(BOB).through("192.0.2.2").relayed(1, Bytes.ofUtf8("port 7").toHex());
    Arrival relayed = TestServer.unicast("192.0.2.2", SERVER);
    govern(secondary);
    assertThat(answers(first, relayed)).isFalse();
    govern(governor);
    assertThat(ask(first, relayed).yourAddress()).hasToString("192.0.2.21");
  }

  @Test
  void promiseIsTheGovernors() {
    governor.mostSeconds = 60;
    obtain(BOB);
    assertThat(governor.terms.orElseThrow().renewSeconds()).isBetween(25L, 35L);
    assertThat(governor.terms.orElseThrow().desiredSeconds()).isEqualTo(7200);
  }

  /** What the partner acknowledged of a name it did not of another one, if it is the same host. */
  @Test
  void promiseIsToAName() {
    governor.mostSecondsAtFirst = 60;
    String address = obtain(BOB);
    Query renewal = request(BOB).having(address);
    assertThat(ask(renewal, from(address)).options().first(Dhcp4Options.LEASE_TIME))
        .contains(7200L);
    Dhcp4Message other = ask(request(BOB).clientId("0102030405").having(address), from(address));
    assertThat(other.type()).isEqualTo(Dhcp4MessageType.ACK);
    assertThat(other.options().first(Dhcp4Options.LEASE_TIME)).contains(60L);
  }

  /** RFC 4039: both servers have answered at once, and nobody asked which answer was taken. */
  @Test
  void whatAClientMayHaveFromThePartnerEndsWhenItNamesWhatItHas() {
    String address = obtain(BOB);
    LeaseKey other = key("192.0.2.31");
    alsoHas(other, lane.find(key(address)));

    assertThat(ask(discover(BOB).rapidCommit(), BROADCAST).type()).isEqualTo(Dhcp4MessageType.ACK);
    assertThat(lane.find(key(address)).state()).isEqualTo(LeaseState.ACTIVE);
    assertThat(lane.find(other).state()).isEqualTo(LeaseState.ACTIVE);

    assertThat(answers(request(BOB).having(address), from(address))).isTrue();
    assertThat(lane.find(key(address)).state()).isEqualTo(LeaseState.ACTIVE);
    assertThat(lane.find(other).state()).isNotEqualTo(LeaseState.ACTIVE);
  }
}
