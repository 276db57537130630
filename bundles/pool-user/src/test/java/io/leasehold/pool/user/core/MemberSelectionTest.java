// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.core;

import static io.leasehold.pool.user.core.UserOfTests.CLIENT;
import static io.leasehold.pool.user.core.UserOfTests.element;
import static io.leasehold.pool.user.core.UserOfTests.hashed;
import static io.leasehold.pool.user.core.UserOfTests.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.pool.PoolMember;
import io.leasehold.pool.PoolSubscription;
import io.leasehold.pool.PoolTrace;
import io.leasehold.pool.UserTransport;
import io.leasehold.rserpool.policy.HashValues;
import io.leasehold.rserpool.wire.parameter.OpaqueTransport;
import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import io.leasehold.rserpool.wire.parameter.SctpTransport;
import io.leasehold.rserpool.wire.parameter.TransportParameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which member a client is to try (RFC 5356), through what the relay agent has. */
final class MemberSelectionTest {
  private final UserOfTests user = UserOfTests.knowing();
  private final PoolSubscription pool = user.follow();

  private static Bytes client(int number) {
    return Bytes.ofHex("00030001%012x".formatted(number));
  }

  @Test
  @DisplayName("P-196: members of a group stand together, by rank, the client's group first")
  void membersOfAGroupStandTogether() {
    Set<List<Long>> orders = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      orders.add(ids(pool.candidates(client(i))));
      assertThat(pool.candidates(client(i))).isEqualTo(pool.candidates(client(i)));
    }

    assertThat(orders).containsExactlyInAnyOrder(List.of(1L, 2L, 3L, 4L), List.of(3L, 4L, 1L, 2L));
  }

  @Test
  @DisplayName("P-196: only the clients of a group that has gone get another one")
  void onlyClientsOfAGroupThatHasGoneMove() {
    List<Long> before = new ArrayList<>();
    user.tell(1, hashed(1, 1, 1), hashed(2, 2, 1), hashed(3, 3, 1));
    for (int i = 0; i < 1000; i++) {
      before.add(pool.candidates(client(i)).get(0).group());
    }
    user.tell(1, hashed(1, 1, 1), hashed(3, 3, 1));

    for (int i = 0; i < 1000; i++) {
      long group = pool.candidates(client(i)).get(0).group();
      assertThat(group).isNotEqualTo(2);
      assertThat(before.get(i) == 2 || before.get(i) == group).isTrue();
    }
  }

  @Test
  void whoseBucketNobodyHasIsSentToNobody() {
    String none = "00".repeat(32);
    user.tell(
        1,
        element(1, HashValues.ofBuckets(1, Bytes.ofHex(none), 1).toPolicy()),
        element(2, HashValues.ofBuckets(2, Bytes.ofHex(none), 1).toPolicy()));

    assertThat(pool.candidates(CLIENT)).isEmpty();
    assertThat(pool.view().members()).hasSize(2);
  }

  @Test
  @DisplayName("P-187: by priority the highest has every client, and again when it is back")
  void highestPriorityHasEveryClient() {
    PoolElement high = element(7, PoolPolicy.of(PolicyType.PRIORITY, 200));
    PoolElement low = element(8, PoolPolicy.of(PolicyType.PRIORITY, 100));
    user.tell(1, low, high);
    assertThat(ids(pool.candidates(CLIENT))).containsExactly(7L, 8L);
    user.tell(1, low);
    assertThat(ids(pool.candidates(CLIENT))).containsExactly(8L);
    user.tell(1, low, high);
    assertThat(ids(pool.candidates(CLIENT))).containsExactly(7L, 8L);
  }

  @Test
  @DisplayName("P-182: round robin goes on though the pool has become stale")
  void turnsGoOnWhenThePoolGrowsStale() {
    UserOfTests inTurn = UserOfTests.asking();
    PoolSubscription subscription = inTurn.follow();
    inTurn.tell(1, element(1, PoolPolicy.ROUND_ROBIN), element(2, PoolPolicy.ROUND_ROBIN));
    assertThat(ids(subscription.candidates(CLIENT))).startsWith(1L);
    inTurn.end(1, "reset");
    inTurn.pass(java.time.Duration.ofMinutes(1));

    assertThat(ids(subscription.candidates(CLIENT))).startsWith(2L);
  }

  @Test
  void traceTellsWhyAndIsNobodysTurn() {
    List<PoolTrace> traces = user.desk.trace(CLIENT);
    assertThat(traces).hasSize(1);
    assertThat(traces.get(0).policy()).isEqualTo("client-hash");
    assertThat(traces.get(0).steps().stream().map(PoolTrace.Step::member).toList())
        .isEqualTo(pool.candidates(CLIENT));
    assertThat(traces.get(0).steps().get(0).why()).matches("score \\d+\\.\\d{4}, rank 200");
    assertThat(score(traces.get(0), 0)).isGreaterThan(score(traces.get(0), 2));

    user.tell(1, element(1, PoolPolicy.ROUND_ROBIN), element(2, PoolPolicy.ROUND_ROBIN));
    for (int i = 0; i < 3; i++) {
      assertThat(user.desk.trace(CLIENT).get(0).steps().get(0).member().id()).isEqualTo(1);
    }
    assertThat(ids(pool.candidates(CLIENT))).containsExactly(1L, 2L);
  }

  private static double score(PoolTrace trace, int step) {
    return Double.parseDouble(trace.steps().get(step).why().split("[ ,]")[1]);
  }

  private static PoolElement at(long id, TransportParameter transport) {
    return new PoolElement(id, 7, 300, transport, PoolPolicy.ROUND_ROBIN, Optional.empty());
  }

  @Test
  void transportsAreToldAsTheyAre() {
    Ipv6 address = Ipv6.ofText("192.0.2.1");
    user.tell(
        1,
        at(1, PortTransport.udp(address, 67)),
        at(2, PortTransport.tcp(address, 67)),
        at(3, new SctpTransport(67, false, List.of(address, Ipv6.ofText("192.0.2.2")))),
        at(4, new OpaqueTransport(Bytes.ofHex("01"))),
        at(5, new PortTransport(PortTransport.Protocol.UDP_LITE, 67, address)));

    assertThat(pool.view().members())
        .extracting(PoolMember::transport)
        .containsExactly(
            UserTransport.UDP,
            UserTransport.TCP,
            UserTransport.SCTP,
            UserTransport.OTHER,
            UserTransport.OTHER);
    assertThat(pool.view().members().get(2).address()).isEqualTo(address);
    assertThat(pool.view().members().get(0).home()).isEqualTo(7);
  }

  @Test
  @DisplayName("14.3: whoever asks gets a whole view, though the pool changes meanwhile")
  void viewsAreWholeThoughThePoolChanges() throws InterruptedException {
    AtomicLong asked = new AtomicLong();
    Set<List<Long>> seen = ConcurrentHashMap.newKeySet();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Thread thread =
          new Thread(
              () -> {
                while (asked.incrementAndGet() < 20_000) {
                  List<PoolMember> members = pool.candidates(CLIENT);
                  seen.add(members.stream().map(PoolMember::id).sorted().toList());
                }
              });
      threads.add(thread);
    }
    user.tell(1, hashed(1, 1, 1), hashed(2, 1, 2));
    threads.forEach(Thread::start);
    while (asked.get() < 20_000) {
      user.tell(1, hashed(1, 1, 1), hashed(2, 1, 2));
      user.tell(1, hashed(3, 1, 1), hashed(4, 1, 2));
    }
    for (Thread each : threads) {
      each.join();
    }

    assertThat(seen).isSubsetOf(List.of(1L, 2L), List.of(3L, 4L)).isNotEmpty();
  }
}
