// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import static io.leasehold.server.v6.ClientMessage.ALICE;
import static io.leasehold.server.v6.ClientMessage.rebind;
import static io.leasehold.server.v6.ClientMessage.release;
import static io.leasehold.server.v6.ClientMessage.renew;
import static io.leasehold.server.v6.ClientMessage.request;
import static io.leasehold.server.v6.ClientMessage.solicit;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.allocation.GovernedLeases.Edit;
import io.leasehold.allocation.GovernedLeases.Outcome;
import io.leasehold.allocation.GovernorView.Service;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.server.lease.FakeGovernor;
import io.leasehold.server.lease.StandardPolicies;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.protocol.RelayRight;
import io.leasehold.server.v6.ClientMessage;
import io.leasehold.server.v6.SubnetBuilder;
import io.leasehold.server.v6.TestServer;
import io.leasehold.transport.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom a lane answers on links that two servers share, and how a governor changes their leases. */
class GovernedLaneTest {
  private static final long NOW = 1_000_000;
  private static final LeaseKey FIRST = LeaseKey.address(Ipv6.ofText("2001:db8:1::11"));
  private static final LeaseKey SECOND = LeaseKey.address(Ipv6.ofText("2001:db8:1::13"));

  private final Counters counters = new Counters();
  private final FakeGovernor governor = new FakeGovernor(true);
  private final Lane lane = new Lane(0, counters, new SplittableRandom(1));
  private final Link shared = SubnetBuilder.lab().sharedLink(FakeGovernor.NAME);
  private final Link own =
      new SubnetBuilder(2, "2001:db8:2::/64")
          .on("eth2")
          .pool("2001:db8:2::10", "2001:db8:2::1f")
          .link();
  private Regime regime;

  @BeforeEach
  void adopt() {
    ServerPlan plan = TestServer.plan(shared, own);
    regime = new Regime(plan, TestServer.ID, List.of(), counters, 1);
    lane.adopt(regime, lane.newTable(), word -> StandardPolicies.named(word).orElseThrow());
    lane.govern(Map.of(FakeGovernor.NAME, governor));
  }

  private boolean answers(ClientMessage message) {
    return answers(message, "eth1");
  }

  private boolean answers(ClientMessage message, String interfaceName) {
    Path way = new NoWay(interfaceName, TestServer.MULTICAST, TestServer.CLIENT, 546);
    Job<?> job =
        regime.accept(
            Family.IPV6, message.build().encode(), Arrival.of(way, RelayRight.EVERYBODY), way);
    Turn turn = lane.turn(List.of(job), NOW, true);
    return turn.immediate().size() + turn.whenDurable().size() == 1;
  }

  private long count(String counter) {
    return counters.snapshot().getOrDefault(counter, 0L);
  }

  /** RFC 8156 section 8: who is answered in each state. */
  @Test
  void whoIsAnsweredIsForTheGovernorToSay() {
    assertThat(answers(solicit(ALICE).na(1))).isTrue();
    assertThat(answers(request(ALICE).na(1))).isTrue();

    governor.service = Service.OWN;
    assertThat(answers(solicit(ALICE).na(1))).isFalse();
    assertThat(answers(rebind(ALICE).na(1, "2001:db8:1::11"))).isFalse();
    assertThat(answers(ClientMessage.informationRequest())).isFalse();
    assertThat(answers(renew(ALICE).na(1, "2001:db8:1::11"))).isTrue();
    assertThat(answers(request(ALICE).na(1))).isTrue();

    governor.service = Service.RECORDED;
    assertThat(answers(request(ALICE).na(1))).isFalse();
    assertThat(answers(release(ALICE).na(1, "2001:db8:1::11"))).isFalse();
    assertThat(answers(renew(ALICE).na(1, "2001:db8:1::11"))).isTrue();

    governor.service = Service.NONE;
    assertThat(answers(renew(ALICE).na(1, "2001:db8:1::11"))).isFalse();
    assertThat(count("pkt6-drop-failover-state")).isEqualTo(6);
    assertThat(answers(solicit(ALICE).na(1), "eth2")).as("other links").isTrue();
  }

  @Test
  void aLinkIsClosedWhileItsGovernorIsAbsent() {
    answers(request(ALICE).na(1));
    lane.govern(Map.of("other", new FakeGovernor(true)));

    assertThat(answers(solicit(ALICE).na(1))).isFalse();
    assertThat(answers(renew(ALICE).na(1, "2001:db8:1::11"))).isFalse();
    assertThat(answers(solicit(ALICE).na(1), "eth2")).isTrue();
    assertThat(count("pkt6-drop-no-failover")).isEqualTo(2);
    assertThat(lane.reclaim(NOW + 100_000).changes()).isEmpty();

    lane.govern(Map.of(FakeGovernor.NAME, governor));
    assertThat(answers(renew(ALICE).na(1, "2001:db8:1::11"))).isTrue();
  }

  @Test
  void anotherRoleIsAnotherHalf() {
    assertThat(answers(request(ALICE).na(1))).isTrue();
    assertThat(lane.find(FIRST)).isNotNull();

    lane.govern(Map.of(FakeGovernor.NAME, new FakeGovernor(false)));
    assertThat(answers(request(ClientMessage.BOB).na(1))).isTrue();
    assertThat(lane.find(LeaseKey.address(Ipv6.ofText("2001:db8:1::10")))).isNotNull();
  }

  @Test
  void editsAreMadeInTheirOrderAndOneLater() {
    answers(request(ALICE).na(1));
    Lease lease = lane.find(FIRST);
    Edit free = new Edit(FIRST, (present, now) -> present.map(one -> ended(one, now)));
    Edit forget = new Edit(FIRST, (present, now) -> Optional.empty());
    Edit fail =
        new Edit(
            FIRST,
            (present, now) -> {
              throw new IllegalStateException("a rule that fails");
            });
    Edit wrong = new Edit(FIRST, (present, now) -> Optional.of(of(SECOND, lease)));
    Edit foreign =
        new Edit(LeaseKey.address(Ipv6.ofText("2001:db8:2::11")), (present, now) -> present);

    GovernedLinks.Edited edited =
        lane.governed()
            .edit(
                FakeGovernor.NAME,
                List.of(free, free, fail, wrong, foreign, forget, forget),
                NOW + 5);

    assertThat(edited.outcomes())
        .containsExactly(
            Outcome.CHANGED,
            Outcome.KEPT,
            Outcome.FAILED,
            Outcome.FAILED,
            Outcome.FOREIGN,
            Outcome.CHANGED,
            Outcome.KEPT);
    assertThat(edited.turn().changes()).containsExactly(LeaseChange.remove(FIRST));
    assertThat(lane.governed().edit("other", List.of(free), NOW).outcomes())
        .containsExactly(Outcome.FOREIGN);
  }

  private static Lease ended(Lease lease, long now) {
    return lease.with(LeaseState.EXPIRED, lease.times());
  }

  private static Lease of(LeaseKey key, Lease lease) {
    return new Lease(
        key, 99, lease.client(), lease.iaid(), lease.state(), lease.times(), lease.details());
  }

  @Test
  void anEditChangesWhatPoolsHave() {
    answers(request(ALICE).na(1));
    Lease lease = lane.find(FIRST);
    Edit take = new Edit(SECOND, (present, now) -> Optional.of(of(SECOND, lease)));
    Edit give = new Edit(FIRST, (present, now) -> Optional.empty());

    lane.governed().edit(FakeGovernor.NAME, List.of(take, give), NOW);

    assertThat(lane.find(SECOND).subnetId()).as("the subnet is the server's to know").isEqualTo(1);
    assertThat(FakeGovernor.marks(lane.find(SECOND)))
        .as("what the governor writes is not marked again")
        .isEqualTo(FakeGovernor.marks(lease));
    answers(request(ClientMessage.BOB).na(1, "2001:db8:1::13"));
    assertThat(lane.find(SECOND).client()).isEqualTo(lease.client());
  }

  @Test
  void leasesOfAGovernorAreListedInOrder() {
    answers(request(ALICE).na(1).na(2).na(3));
    answers(request(ALICE).na(1), "eth2");

    LeasePage page = lane.governed().list(FakeGovernor.NAME, null, 2);
    assertThat(page.leases()).extracting(Lease::key).containsExactly(FIRST, SECOND);
    page = lane.governed().list(FakeGovernor.NAME, page.lastOrNull(), 2);
    assertThat(page.leases())
        .extracting(lease -> lease.key().address().toString())
        .containsExactly("2001:db8:1::15");
    assertThat(page.lastOrNull()).isNull();
  }

  @Test
  void aGovernorIsToldOfItsOwnLeases() {
    answers(request(ALICE).na(1));
    answers(request(ALICE).na(1), "eth2");
    LeaseChange foreign = LeaseChange.remove(LeaseKey.address(Ipv6.ofText("2001:db8:2::10")));
    LeaseChange gone = LeaseChange.remove(SECOND);

    lane.governed().committed(List.of(LeaseChange.put(lane.find(FIRST)), foreign, gone));

    assertThat(governor.told).containsExactly(LeaseChange.put(lane.find(FIRST)), gone);
  }
}
