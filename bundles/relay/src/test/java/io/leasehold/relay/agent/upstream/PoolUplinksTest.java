// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.upstream;

import static io.leasehold.relay.agent.FakePool.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.configuration.Keys;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.pool.PoolMember;
import io.leasehold.pool.PoolView;
import io.leasehold.relay.agent.Agent;
import io.leasehold.relay.agent.ClientWatch;
import io.leasehold.relay.agent.Effect;
import io.leasehold.relay.agent.FakePool;
import io.leasehold.relay.agent.Flow;
import io.leasehold.relay.agent.RelaySettings;
import io.leasehold.relay.agent.SettingsReader;
import io.leasehold.relay.agent.Tally;
import io.leasehold.relay.agent.v6.Dhcp6Agent;
import io.leasehold.relay.agent.v6.Dhcp6Settings;
import io.leasehold.security.Assurance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which member of a pool gets a message. Clients 1, 3, 5 are of group 1, the others of group 2. */
final class PoolUplinksTest {
  private static final Bytes MESSAGE = Bytes.of(1, 2, 3, 4);
  private static final Bytes SERVER_B = Bytes.of(0xb);

  /** The pair of group 1, and the pair of group 2. */
  private static final PoolMember A = member(0xa, 1, 200);

  private static final PoolMember B = member(0xb, 1, 100);
  private static final PoolMember C = member(0xc, 2, 200);
  private static final PoolMember D = member(0xd, 2, 100);

  private final Tally tally = new Tally();
  private final FakePool pool = new FakePool();
  private final Map<PoolMember, FakeUplink> links = new HashMap<>();
  private final List<FakeUplink> fixed = new ArrayList<>();
  private RelaySettings settings;
  private Agent agent;
  private Uplinks uplinks;

  private void with(String... lines) {
    Map<String, String> file = new HashMap<>();
    file.put("interfaces", "eth1");
    file.put("upstream.interfaces", "eth0");
    file.put("upstream", "pool:dhcp6-core");
    for (String line : lines) {
      String[] parts = line.split("\\s*=\\s*", 2);
      file.put(parts[0], parts[1]);
    }
    Keys keys = Keys.of(file);
    settings = SettingsReader.read("test", keys);
    agent =
        new Dhcp6Agent(Dhcp6Settings.read(settings, keys), (peer, link) -> true, ClientWatch.NONE);
    assertThat(keys.problems()).isEmpty();
    settings.uplinks().forEach(each -> fixed.add(new FakeUplink(each)));
    members(0, A, B, C, D);
  }

  private void members(long nowMillis, PoolMember... members) {
    pool.becomes(PoolView.State.CURRENT, members);
    List<Upstreams.Member> used = new ArrayList<>();
    for (PoolMember each : members) {
      FakeUplink link =
          links.computeIfAbsent(
              each, key -> new FakeUplink(settings.pool().orElseThrow().uplink(key)));
      used.add(new Upstreams.Member(each, link));
    }
    uplinks =
        new Uplinks(
            settings,
            agent,
            tally,
            new Upstreams(List.copyOf(fixed), used, Optional.of(pool)),
            uplinks == null ? null : new Uplinks.Before(uplinks, nowMillis));
  }

  private void forward(int client, long nowMillis) {
    forward(new Flow(Bytes.of(client), Bytes.EMPTY, true), nowMillis);
  }

  private void forward(Flow flow, long nowMillis) {
    uplinks.forward(new Effect.ToUpstream(MESSAGE, flow, Assurance.NONE), nowMillis);
  }

  private static Flow renewing(int client, Bytes server) {
    return new Flow(Bytes.of(client), server, true);
  }

  private int sent(PoolMember member) {
    return links.get(member).sent.size();
  }

  private List<Integer> sent() {
    return List.of(sent(A), sent(B), sent(C), sent(D));
  }

  private int index(PoolMember member) {
    return uplinks.indexOf(links.get(member).settings());
  }

  private long count(String name) {
    return tally.values().getOrDefault(name, 0L);
  }

  /** A is asked by two clients and does not answer for 3 s. */
  private void silenceOfA() {
    forward(1, 0);
    forward(3, 100);
  }

  @Test
  void aClientGoesToTheFirstOfItsGroup() {
    with();
    forward(1, 0);
    forward(2, 0);
    forward(3, 0);
    assertThat(sent()).containsExactly(2, 0, 1, 0);
  }

  @Test
  void aMessageGoesToTheMemberThatItNames() {
    with();
    uplinks.learn(index(B), new Flow(Bytes.of(9), SERVER_B), 0);
    forward(renewing(1, SERVER_B), 1);
    forward(renewing(2, SERVER_B), 1);
    assertThat(sent()).as("whatever its group").containsExactly(0, 2, 0, 0);
    forward(renewing(1, Bytes.of(0xff)), 2);
    assertThat(sent()).as("a server that nobody knows").containsExactly(1, 2, 0, 0);
  }

  @Test
  void aNamedMemberIsKnownAsLongAsItIsListed() {
    with();
    uplinks.learn(index(C), new Flow(Bytes.of(9), SERVER_B), 0);
    members(1, B, C);
    forward(renewing(1, SERVER_B), 2);
    assertThat(sent()).as("in another place of the list").containsExactly(0, 0, 1, 0);
    members(3, A, B);
    forward(renewing(1, SERVER_B), 4);
    assertThat(sent()).containsExactly(1, 0, 1, 0);
  }

  @Test
  void twoClientsWithoutAnAnswerInThreeSecondsAreEnough() {
    with();
    silenceOfA();
    forward(5, 3_099);
    assertThat(sent()).containsExactly(3, 0, 0, 0);
    assertThat(pool.unreachable).isEmpty();
    forward(1, 3_100);
    assertThat(sent()).as("the next rank of the group").containsExactly(3, 1, 0, 0);
    assertThat(pool.unreachable).containsExactly(A);
    assertThat(links.get(A).renewals).isEqualTo(1);
    forward(3, 3_200);
    assertThat(pool.unreachable).as("once").containsExactly(A);
    assertThat(uplinks.members(3_200).get(0).upstream().reason())
        .contains("no answer to 3 messages");
  }

  /** P-164: one client may send what it wants. */
  @Test
  void oneClientAloneFailsNobodyOver() {
    with();
    for (int i = 0; i < 100; i++) {
      forward(1, i * 1000L);
    }
    assertThat(sent()).containsExactly(100, 0, 0, 0);
    assertThat(pool.unreachable).isEmpty();
  }

  @Test
  void onlyMessagesThatDemandAnAnswerCount() {
    with();
    for (int i = 0; i < 100; i++) {
      forward(new Flow(Bytes.of(1 + 2 * i), Bytes.EMPTY, false), i * 1000L);
      forward(renewing(1 + 2 * i, Bytes.of(0xff)), i * 1000L);
    }
    assertThat(sent()).containsExactly(200, 0, 0, 0);
    assertThat(pool.unreachable).as("nobody had to answer").isEmpty();
    uplinks.learn(index(A), new Flow(Bytes.of(9), Bytes.of(0xff)), 100_000);
    forward(renewing(1, Bytes.of(0xff)), 100_000);
    forward(renewing(3, Bytes.of(0xff)), 100_000);
    forward(renewing(5, Bytes.of(0xff)), 103_000);
    assertThat(pool.unreachable).as("who is named has to").containsExactly(A);
  }

  @Test
  void anAnswerBringsAMemberBack() {
    with();
    silenceOfA();
    uplinks.answered(index(A));
    forward(5, 4000);
    assertThat(sent()).containsExactly(3, 0, 0, 0);
    forward(1, 4001);
    forward(3, 8000);
    assertThat(sent(B)).isEqualTo(1);
    forward(5, 18_000);
    assertThat(sent(A)).as("a probe beside").isEqualTo(5);
    assertThat(sent(B)).isEqualTo(2);
    uplinks.answered(index(A));
    forward(1, 18_100);
    assertThat(sent(A)).isEqualTo(6);
    assertThat(sent(B)).isEqualTo(2);
  }

  @Test
  void anotherGroupIsNeverProbedOrAsked() {
    with();
    silenceOfA();
    forward(1, 4000);
    forward(3, 4000);
    for (int i = 0; i < 50; i++) {
      forward(1 + 2 * i, 8000 + i * 1000L);
    }
    assertThat(sent(A)).as("all of the group are tried").isGreaterThan(20);
    assertThat(sent(B)).isGreaterThan(20);
    assertThat(List.of(sent(C), sent(D))).containsExactly(0, 0);
    assertThat(pool.unreachable).contains(A, B);
  }

  @Test
  void anotherGroupIsAskedIfThatIsConfigured() {
    with("pool.spill = true");
    silenceOfA();
    forward(1, 4000);
    forward(3, 4000);
    forward(1, 8000);
    assertThat(sent(C)).isEqualTo(1);
    forward(2, 8000);
    assertThat(sent(C)).as("and its own clients").isEqualTo(2);
    assertThat(sent(D)).isZero();
  }

  @Test
  void membersOfAnotherGroupThatDoNotAnswerAreNotTried() {
    with("pool.spill = true");
    for (int client = 1; client <= 4; client++) {
      forward(client, 0); // A and C
    }
    for (int client = 1; client <= 4; client++) {
      forward(client, 3_000); // B and D
    }
    int before = sent(C) + sent(D);
    forward(1, 20_000);
    assertThat(List.of(sent(A), sent(B))).as("its own are").containsExactly(3, 3);
    assertThat(sent(C) + sent(D)).isEqualTo(before);
  }

  @Test
  void aMemberThatIsDownIsLeftAtOnceAndToldOfWhenItStaysSo() {
    with();
    links.get(A).state = Uplink.State.down("connecting");
    forward(1, 0);
    forward(1, 2_999);
    assertThat(sent()).containsExactly(0, 2, 0, 0);
    assertThat(pool.unreachable).isEmpty();
    forward(1, 3_000);
    assertThat(pool.unreachable).containsExactly(A);
    links.get(A).state = Uplink.State.up(Assurance.NONE);
    forward(1, 3_001);
    assertThat(sent()).containsExactly(1, 3, 0, 0);
  }

  @Test
  void clientsOfAGroupThatIsDownGoNowhere() {
    with();
    links.get(A).state = Uplink.State.down("refused");
    links.get(B).state = Uplink.State.down("refused");
    forward(1, 0);
    assertThat(sent()).containsExactly(0, 0, 0, 0);
    assertThat(count("drop-no-uplink")).isEqualTo(1);
  }

  @Test
  void aNewRankCountsAtOnce() {
    with();
    forward(1, 0);
    pool.becomes(PoolView.State.CURRENT, A, member(0xb, 1, 250), C, D);
    forward(1, 1);
    assertThat(sent()).as("before the uplinks are made anew").containsExactly(1, 1, 0, 0);
  }

  @Test
  void aMemberThatIsTooNewIsNotMissed() {
    with();
    pool.becomes(PoolView.State.CURRENT, member(0xe, 1, 250), A, B, C, D);
    forward(1, 1);
    assertThat(sent()).containsExactly(1, 0, 0, 0);
  }

  @Test
  void healthOutlivesAChangeOfTheView() {
    with();
    silenceOfA();
    forward(1, 4000);
    members(4001, A, B);
    forward(1, 4002);
    assertThat(sent(A)).isEqualTo(2);
    assertThat(uplinks.members(4002).get(0).upstream().healthy()).isFalse();
  }

  @Test
  void theViewIsUsedForEverWhenNobodyTellsOfThePool() {
    with();
    pool.becomes(PoolView.State.STALE, A, B, C, D);
    forward(1, 1_000_000_000L);
    assertThat(sent(A)).isEqualTo(1);
  }

  @Test
  void withoutMembersTheFallbackIsUsed() {
    with("pool.fallback = udp://[2001:db8::f1] udp://[2001:db8::f2]", "upstream.mode = first");
    forward(1, 0);
    assertThat(fixed.get(0).sent).isEmpty();
    members(1);
    forward(1, 1);
    assertThat(fixed.get(0).sent).hasSize(1);
    assertThat(fixed.get(1).sent).isEmpty();
    members(2, A, B);
    forward(1, 2);
    assertThat(sent(A)).isEqualTo(2);
    pool.becomes(PoolView.State.CURRENT);
    forward(1, 3);
    assertThat(fixed.get(0).sent).as("before the uplinks are made anew").hasSize(2);
  }

  @Test
  void withoutFallbackMessagesAreDropped() {
    with("pool.fallback = drop");
    members(1);
    forward(1, 1);
    assertThat(count("drop-no-uplink")).isEqualTo(1);
  }

  @Test
  void onlyMembersMayAnswer() {
    with();
    assertThat(uplinks.sender(Ipv6.ofText("2001:db8::b"), 0)).isEqualTo(index(B));
    assertThat(uplinks.sender(Ipv6.ofText("2001:db8::e"), 0)).isEqualTo(-1);
  }

  @Test
  void aMemberThatHasLeftMayStillAnswerForAWhile() {
    with();
    members(1000, A);
    assertThat(uplinks.sender(Ipv6.ofText("2001:db8::b"), 5_999)).isEqualTo(1);
    members(2000, A);
    assertThat(uplinks.sender(Ipv6.ofText("2001:db8::b"), 5_999)).isEqualTo(1);
    assertThat(uplinks.sender(Ipv6.ofText("2001:db8::b"), 6_000)).isEqualTo(-1);
  }

  @Test
  void whatWasProtectedGoesToNoMemberInClear() {
    with("listen = tls://*?channel=strong", "allow.unprotected.upstream = true");
    Effect.ToUpstream message =
        new Effect.ToUpstream(MESSAGE, new Flow(Bytes.of(1), Bytes.EMPTY, true), Assurance.PRIVATE);
    uplinks.forward(message, 0);
    assertThat(sent(A)).isEqualTo(1);
    uplinks = null;
    links.clear();
    with("listen = tls://*?channel=strong", "upstream = pool:dhcp6-core?channel=strong");
    links.values().forEach(each -> each.state = Uplink.State.up(Assurance.NONE));
    uplinks.forward(message, 0);
    assertThat(sent()).containsExactly(0, 0, 0, 0);
    assertThat(count("drop-next-hop-not-protected")).isEqualTo(1);
  }
}
