// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.osgi;

import static io.leasehold.relay.agent.FakePool.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.pool.PoolMember;
import io.leasehold.pool.PoolView;
import io.leasehold.pool.UserTransport;
import io.leasehold.relay.RelayStatus;
import io.leasehold.relay.agent.ClientWatch;
import io.leasehold.relay.agent.FakePool;
import io.leasehold.security.Assurance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A relay agent whose servers are the members of a pool, which come and go. */
final class PoolInstanceTest {
  private static final Ipv6 CLIENT = Ipv6.ofText("fe80::c");

  /** DUIDs 0001 and 0002, of groups 1 and 2. */
  private static final Bytes SOLICIT = Bytes.ofHex("010a0b0c000100020001");

  private static final Bytes OTHER = Bytes.ofHex("010a0b0c000100020002");
  private static final Bytes ADVERTISE = Bytes.ofHex("020a0b0c00020004aabbccdd000100020001");
  private static final Bytes REQUEST = Bytes.ofHex("030a0b0c00020004aabbccdd000100020002");

  private static final PoolMember A = member(0xa, 1, 200);
  private static final PoolMember B = member(0xb, 1, 100);
  private static final PoolMember C = member(0xc, 2, 200);
  private static final String FALLBACK = "pool.fallback = udp://[2001:db8::f]";

  private final Wires wires = new Wires();
  private final FakePool pool = new FakePool();
  private final RelayInstance instance = new RelayInstance(wires);
  private final RelayStatus status = new InstanceStatus("test", instance, List::of, List::of);

  private void apply(String... lines) {
    Map<String, String> file = new HashMap<>();
    file.put("interfaces", "eth1");
    file.put("upstream.interfaces", "eth0");
    file.put("upstream", "pool:dhcp6-core");
    for (String line : lines) {
      String[] parts = line.split("\\s*=\\s*", 2);
      file.put(parts[0], parts[1]);
    }
    instance.apply(Configured.of("test", file, (peer, link) -> true, ClientWatch.NONE));
  }

  private void becomes(PoolView.State state, PoolMember... members) {
    pool.becomes(state, members);
    wires.pass(0);
  }

  private void solicit(Bytes message) {
    wires.datagram.deliver("eth1", CLIENT, 546, message);
  }

  /** Where the last message went. */
  private String last() {
    return wires.datagram.sent.get(wires.datagram.sent.size() - 1).address().toString();
  }

  private void answerFrom(String address) {
    Bytes up = wires.datagram.sent.get(wires.datagram.sent.size() - 1).message();
    wires.datagram.deliver(
        "eth0", Ipv6.ofText(address), 547, RelayInstanceTest.answer(up, ADVERTISE));
  }

  private long count(String name) {
    return status.counters().getOrDefault(name, 0L);
  }

  @Test
  void membersComeAndGoWhileMessagesFlow() {
    wires.pools = pool;
    apply(FALLBACK);
    solicit(SOLICIT);
    assertThat(last()).as("nothing is known yet").isEqualTo("2001:db8::f");

    becomes(PoolView.State.CURRENT, A, B, C);
    solicit(SOLICIT);
    assertThat(last()).isEqualTo("2001:db8::a");
    solicit(OTHER);
    assertThat(last()).isEqualTo("2001:db8::c");
    becomes(PoolView.State.CURRENT, B, C);
    solicit(SOLICIT);
    assertThat(last()).isEqualTo("2001:db8::b");
    becomes(PoolView.State.CURRENT);
    solicit(SOLICIT);
    assertThat(last()).isEqualTo("2001:db8::f");
  }

  @Test
  void aServerIsKnownByItsAnswers() {
    wires.pools = pool;
    apply();
    becomes(PoolView.State.CURRENT, A, B, C);
    solicit(SOLICIT);
    answerFrom("2001:db8::a");
    assertThat(count("returned")).isEqualTo(1);
    solicit(REQUEST);
    assertThat(last()).as("though the client is of the other group").isEqualTo("2001:db8::a");
    becomes(PoolView.State.CURRENT, B, C);
    solicit(REQUEST);
    assertThat(last()).isEqualTo("2001:db8::c");
  }

  @Test
  void onlyMembersAreHeard() {
    wires.pools = pool;
    apply();
    becomes(PoolView.State.CURRENT, A);
    solicit(SOLICIT);
    answerFrom("2001:db8::b");
    assertThat(count("returned")).isZero();
    assertThat(count("drop-unknown-server")).isEqualTo(1);
    answerFrom("2001:db8::a");
    assertThat(count("returned")).isEqualTo(1);
  }

  @Test
  void anAnswerThatIsOnItsWayArrivesThoughItsMemberHasLeft() {
    wires.pools = pool;
    apply();
    becomes(PoolView.State.CURRENT, A);
    solicit(SOLICIT);
    Bytes up = wires.datagram.sent.get(0).message();
    becomes(PoolView.State.CURRENT, B);
    wires.datagram.deliver("eth0", A.address(), 547, RelayInstanceTest.answer(up, ADVERTISE));
    assertThat(count("returned")).isEqualTo(1);
    wires.pass(5000);
    wires.datagram.deliver("eth0", A.address(), 547, RelayInstanceTest.answer(up, ADVERTISE));
    assertThat(count("drop-unknown-server")).isEqualTo(1);
  }

  @Test
  void aMemberThatDoesNotAnswerIsToldOf() {
    wires.pools = pool;
    apply();
    becomes(PoolView.State.CURRENT, A, B, C);
    solicit(SOLICIT);
    solicit(Bytes.ofHex("010a0b0c000100020003"));
    wires.nowMillis += 3000;
    solicit(SOLICIT);
    assertThat(last()).isEqualTo("2001:db8::b");
    assertThat(pool.unreachable).containsExactly(A);
    assertThat(status.alarms())
        .containsExactly(
            "upstream pool:dhcp6-core 0000000a udp [2001:db8::a]:547 is DOWN: no answer to 2"
                + " messages in 3 s");
  }

  @Test
  void theStaleViewIsUsedAndTold() {
    wires.pools = pool;
    apply(FALLBACK);
    becomes(PoolView.State.STALE, A, B, C);
    solicit(SOLICIT);
    assertThat(last()).isEqualTo("2001:db8::a");
    assertThat(status.alarms())
        .hasSize(1)
        .first()
        .asString()
        .contains("pool dhcp6-core: no registrar tells of it since 1970-01-01T00:00:00Z")
        .contains("its members of then are used");
    assertThat(status.obstacles()).isEmpty();
    becomes(PoolView.State.CURRENT, A, B, C);
    assertThat(status.alarms()).isEmpty();
  }

  @Test
  void withoutAPoolUserTheFallbackIsUsed() {
    apply(FALLBACK);
    solicit(SOLICIT);
    assertThat(last()).isEqualTo("2001:db8::f");
    assertThat(status.alarms())
        .containsExactly(
            "pool dhcp6-core: no pool user is there, pool.fallback is used; install"
                + " leasehold-pool-user");
    wires.pools = pool;
    pool.becomes(PoolView.State.CURRENT, A);
    instance.servicesChanged();
    solicit(SOLICIT);
    assertThat(last()).isEqualTo("2001:db8::a");
    wires.pools = null;
    instance.servicesChanged();
    assertThat(pool.listeners).isEmpty();
    solicit(SOLICIT);
    assertThat(last()).isEqualTo("2001:db8::f");
  }

  @Test
  void withoutAPoolUserAndWithoutFallbackOperatorsAreTold() {
    apply();
    solicit(SOLICIT);
    assertThat(count("drop-no-uplink")).isEqualTo(1);
    assertThat(status.obstacles())
        .anySatisfy(each -> assertThat(each).contains("messages are dropped"));
  }

  /** P-160, RFC 5355 section 2.9. */
  @Test
  void aMemberOfAnotherCarrierIsNotUsedAndTold() {
    wires.pools = pool;
    Wires.Hops hops = new Wires.Hops();
    wires.hops.put("tcp", hops);
    apply("upstream = pool:dhcp6-core?channel=strong", FALLBACK);
    PoolMember secure = member(0xa, 1, 200, UserTransport.TCP);
    becomes(PoolView.State.CURRENT, secure, B, C);
    solicit(SOLICIT);
    assertThat(hops.links).hasSize(1);
    assertThat(hops.links.get(0).spec.channel()).isEqualTo("strong");
    assertThat(hops.links.get(0).spec.inClear()).isFalse();
    assertThat(hops.links.get(0).sent).hasSize(1);
    solicit(OTHER);
    assertThat(wires.datagram.sent).as("nothing goes in clear").isEmpty();
    assertThat(count("drop-no-uplink")).isEqualTo(1);
    assertThat(status.alarms())
        .anySatisfy(
            each ->
                assertThat(each)
                    .contains("member 0000000c udp [2001:db8::c]:547 is not used")
                    .contains("another carrier than tls"));
  }

  @Test
  void aConnectionStaysWhenOnlyTheRankChangesAndEndsWithItsMember() {
    wires.pools = pool;
    Wires.Hops hops = new Wires.Hops();
    wires.hops.put("tcp", hops);
    apply("upstream = pool:dhcp6-core?channel=strong");
    becomes(PoolView.State.CURRENT, member(0xa, 1, 200, UserTransport.TCP));
    Wires.Connection link = hops.links.get(0);
    becomes(
        PoolView.State.CURRENT,
        member(0xa, 1, 100, UserTransport.TCP),
        member(0xb, 1, 250, UserTransport.TCP));
    assertThat(hops.links).hasSize(2).contains(link);
    solicit(SOLICIT);
    assertThat(link.sent).isEmpty();
    assertThat(hops.links.get(1).sent).hasSize(1);
    becomes(PoolView.State.CURRENT, member(0xb, 1, 250, UserTransport.TCP));
    wires.pass(RelayInstance.LEAVE_MILLIS);
    assertThat(hops.links).hasSize(1).doesNotContain(link);
  }

  @Test
  void noRegistrarMakesItOpenMoreThanItCan() {
    wires.pools = pool;
    apply();
    PoolMember[] many = new PoolMember[PoolFollower.MOST_MEMBERS + 1];
    for (int i = 0; i < many.length; i++) {
      many[i] = member(i + 1, 1, 1);
    }
    becomes(PoolView.State.CURRENT, many);
    assertThat(status.pool().orElseThrow().members()).hasSize(PoolFollower.MOST_MEMBERS);
    assertThat(status.alarms())
        .anySatisfy(each -> assertThat(each).contains("a relay agent uses 256 at most"));
  }

  @Test
  void membersAreListedWithHowOftenTheyWereChosen() {
    wires.pools = pool;
    apply();
    becomes(PoolView.State.CURRENT, A, C);
    solicit(SOLICIT);
    answerFrom("2001:db8::a");
    RelayStatus.PoolUse use = status.pool().orElseThrow();
    assertThat(use.handle()).hasToString("dhcp6-core");
    assertThat(use.fallback()).isFalse();
    assertThat(use.view().orElseThrow().state()).isEqualTo(PoolView.State.CURRENT);
    assertThat(use.members()).extracting(RelayStatus.MemberUse::member).containsExactly(A, C);
    assertThat(use.members().get(0).upstream().forwarded()).isEqualTo(1);
    assertThat(use.members().get(0).upstream().answered()).isEqualTo(1);
    assertThat(status.upstreams()).hasSize(2);
  }

  @Test
  void aFailoverIsCounted() {
    wires.pools = pool;
    apply();
    pool.listeners.get(0).failover(A, B, Assurance.TRUSTED);
    assertThat(count("pool-failovers")).isEqualTo(1);
  }

  @Test
  void anotherPoolIsFollowedWhenTheConfigurationChanges() {
    wires.pools = pool;
    apply();
    becomes(PoolView.State.CURRENT, A);
    apply("upstream = pool:dhcp6-edge");
    assertThat(pool.handle()).hasToString("dhcp6-edge");
    assertThat(pool.listeners).hasSize(1);
    apply("upstream = udp://[2001:db8::1]");
    assertThat(pool.listeners).isEmpty();
    assertThat(status.pool()).isEmpty();
    solicit(SOLICIT);
    assertThat(last()).isEqualTo("2001:db8::1");
  }

  @Test
  void nothingIsFollowedAfterTheEnd() {
    wires.pools = pool;
    apply();
    pool.becomes(PoolView.State.CURRENT, A);
    instance.close();
    wires.pass(0);
    instance.servicesChanged();
    assertThat(pool.listeners).isEmpty();
    assertThat(wires.datagram.bound).isEmpty();
  }
}
