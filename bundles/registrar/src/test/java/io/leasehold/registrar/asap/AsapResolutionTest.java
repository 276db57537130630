// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import static io.leasehold.registrar.asap.Ground.HERE;
import static io.leasehold.registrar.asap.Ground.POOL;
import static io.leasehold.registrar.asap.Ground.identifiers;
import static io.leasehold.registrar.asap.Ground.key;
import static io.leasehold.registrar.asap.Ground.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.registrar.core.PoolChanges;
import io.leasehold.rserpool.policy.HashValues;
import io.leasehold.rserpool.wire.ErrorCause;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.PoolMessage;
import io.leasehold.rserpool.wire.asap.HandleResolution;
import io.leasehold.rserpool.wire.asap.HandleResolutionResponse;
import io.leasehold.rserpool.wire.parameter.OpaqueTransport;
import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import io.leasehold.security.PoolPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RFC 5352 section 3.3, and policies as pool users see them. */
final class AsapResolutionTest {
  private final Ground ground = new Ground();
  private final long server = ground.element("server-1");
  private final long relay = ground.user("relay");

  private void members(PoolPolicy... policies) {
    for (int i = 0; i < policies.length; i++) {
      ground.accepted(server, udp(i + 1, HERE, policies[i]));
    }
  }

  private List<Long> resolved() {
    return identifiers(ground.resolve(relay, POOL));
  }

  @Test
  @DisplayName("P-095: for a pool that is not there the answer is cause 9, and nothing else")
  void unknownPoolsAreSaid() {
    HandleResolutionResponse response = ground.resolve(relay, POOL);

    assertThat(Ground.code(response.error())).isEqualTo(ErrorCause.UNKNOWN_POOL_HANDLE);
    assertThat(response.elements()).isEmpty();
    assertThat(response.policy()).isEmpty();
    assertThat(response.updates()).isFalse();
    assertThat(response.handle()).isEqualTo(POOL);
  }

  @Test
  @DisplayName("P-096: elements are listed, with the policy unless it is round robin")
  void elementsAreListedWithThePolicy() {
    members(PoolPolicy.of(PolicyType.PRIORITY, 9));
    HandleResolutionResponse response = ground.resolve(relay, POOL);
    assertThat(response.policy()).contains(PoolPolicy.of(PolicyType.PRIORITY, 0));
    assertThat(identifiers(response)).containsExactly(1L);

    PoolHandle turns = PoolHandle.of("dhcp6-turns");
    ground.accepted(server, turns, udp(1));
    assertThat(ground.resolve(relay, turns).policy()).isEmpty();
  }

  @Test
  @DisplayName("P-022, P-023: handles are any octets, and opaque transports stay as they are")
  void octetsStayAsTheyAre() {
    ground.pools.put("server-1", new PoolPattern("*"));
    PoolHandle any = new PoolHandle(Bytes.of(0x00, 0xff, '*', 0x80));
    OpaqueTransport opaque = new OpaqueTransport(Bytes.of(1, 2, 3));
    ground.accepted(
        server, any, new PoolElement(1, 0, 300, opaque, PoolPolicy.ROUND_ROBIN, Optional.empty()));

    HandleResolutionResponse response = ground.resolve(relay, any);

    assertThat(response.handle()).isEqualTo(any);
    assertThat(response.elements().get(0).userTransport()).isEqualTo(opaque);
  }

  @Test
  @DisplayName("P-106: an answer fits into a message, however many elements there are")
  void answersFit() {
    Ground large = new Ground(Settings.withItems(3000));
    long element = large.element("server-1");
    for (int i = 1; i <= 3000; i++) {
      large.accepted(element, udp(i));
    }
    long user = large.user("relay");

    HandleResolutionResponse response = large.resolve(user, POOL);

    assertThat(response.elements().size()).isBetween(800, 2999);
    assertThat(response.encode().length()).isLessThanOrEqualTo(PoolMessage.MAX_LENGTH);
  }

  @Test
  @DisplayName("P-106, 11.2: as many are named as configured, or fewer if fewer are wanted")
  void asManyAsWanted() {
    Ground few = new Ground(Settings.withItems(10));
    long element = few.element("server-1");
    for (int i = 1; i <= 20; i++) {
      few.accepted(element, udp(i));
    }
    long user = few.user("relay");
    assertThat(few.resolve(user, POOL).elements()).hasSize(10);
    few.say(user, new HandleResolution(false, POOL, OptionalLong.of(2)));
    assertThat(few.last(user, HandleResolutionResponse.class).elements()).hasSize(2);
    few.say(user, new HandleResolution(false, POOL, OptionalLong.of(0xffffffffL)));
    assertThat(few.last(user, HandleResolutionResponse.class).elements()).hasSize(10);
  }

  @Test
  @DisplayName("P-098: who wants updates is told what comes, changes and goes")
  void subscribersAreTold() {
    members(PoolPolicy.of(PolicyType.PRIORITY, 1));
    assertThat(ground.resolve(relay, POOL, true).updates()).isTrue();

    ground.pass(Duration.ofMillis(100));
    ground.accepted(server, udp(2, HERE, PoolPolicy.of(PolicyType.PRIORITY, 2)));
    ground.pass(Duration.ZERO);
    HandleResolutionResponse came = ground.last(relay, HandleResolutionResponse.class);
    assertThat(came.updates()).isTrue();
    assertThat(identifiers(came)).containsExactly(2L, 1L);

    ground.accepted(server, udp(1, HERE, PoolPolicy.of(PolicyType.PRIORITY, 3)));
    ground.pass(Duration.ofMillis(100));
    assertThat(identifiers(ground.last(relay, HandleResolutionResponse.class)))
        .containsExactly(1L, 2L);

    ground.deregister(server, key(1));
    ground.pass(Duration.ofMillis(100));
    assertThat(identifiers(ground.last(relay, HandleResolutionResponse.class))).containsExactly(2L);

    ground.deregister(server, key(2));
    ground.pass(Duration.ofMillis(100));
    HandleResolutionResponse gone = ground.last(relay, HandleResolutionResponse.class);
    assertThat(Ground.code(gone.error())).isEqualTo(ErrorCause.UNKNOWN_POOL_HANDLE);
    assertThat(gone.updates()).as("it hears of the pool's return").isTrue();

    members(PoolPolicy.of(PolicyType.PRIORITY, 1));
    ground.pass(Duration.ofMillis(100));
    assertThat(identifiers(ground.last(relay, HandleResolutionResponse.class))).containsExactly(1L);
  }

  @Test
  @DisplayName("P-098: who wants updates of a pool that is not there is told when it is")
  void whoWaitsForAPoolIsTold() {
    HandleResolutionResponse none = ground.resolve(relay, POOL, true);
    assertThat(Ground.code(none.error())).isEqualTo(ErrorCause.UNKNOWN_POOL_HANDLE);
    assertThat(none.updates()).isTrue();
    assertThat(ground.resolve(relay, POOL, true).updates()).as("asking again is no end").isTrue();

    members(PoolPolicy.of(PolicyType.PRIORITY, 1));
    ground.pass(Duration.ZERO);

    assertThat(identifiers(ground.last(relay, HandleResolutionResponse.class))).containsExactly(1L);
    assertThat(ground.resolve(relay, PoolHandle.of("dhcp4"), false).updates()).isFalse();
  }

  @Test
  @DisplayName("5355 2: pools that are not there count for the limit of subscriptions")
  void whoWaitsForPoolsHasALimit() {
    for (int i = 0; i < 65; i++) {
      assertThat(ground.resolve(relay, PoolHandle.of("none-" + i), true).updates())
          .as("pool %s", i)
          .isEqualTo(i < 64);
    }
  }

  @Test
  @DisplayName("P-098: changes by other registrars are told as well, and a renewed life is none")
  void onlyChangesAreTold() {
    members(PoolPolicy.ROUND_ROBIN);
    ground.resolve(relay, POOL, true);
    ground.pass(Duration.ofMillis(100));

    ground.accepted(server, udp(1));
    ground.pass(Duration.ofMillis(500));
    assertThat(ground.all(relay, HandleResolutionResponse.class)).isEmpty();

    PoolChanges changes = ground.others.changes;
    ground.space.put(POOL, udp(2).ownedBy(0x22222222L));
    changes.changed(POOL, ground.now);
    ground.pass(Duration.ZERO);
    assertThat(ground.all(relay, HandleResolutionResponse.class)).hasSize(1);
  }

  @Test
  @DisplayName(
      "P-098: updates of a pool are at least 100 ms apart, and the last one has everything")
  void updatesAreCoalesced() {
    members(PoolPolicy.of(PolicyType.PRIORITY, 1));
    ground.resolve(relay, POOL, true);
    List<HandleResolutionResponse> told = new ArrayList<>();
    for (int i = 1; i <= 50; i++) {
      ground.accepted(server, udp(1, HERE, PoolPolicy.of(PolicyType.PRIORITY, 1 + i)));
      ground.pass(Duration.ofMillis(20));
      told.addAll(ground.all(relay, HandleResolutionResponse.class));
    }
    ground.pass(Duration.ofMillis(100));
    told.addAll(ground.all(relay, HandleResolutionResponse.class));

    assertThat(told.size()).isBetween(9, 12);
    assertThat(told.get(told.size() - 1).elements().get(0).policy().number(0)).isEqualTo(51);
  }

  @Test
  @DisplayName("P-098: who cannot be told now is told later")
  void whoCannotBeToldIsToldLater() {
    members(PoolPolicy.of(PolicyType.PRIORITY, 1));
    ground.resolve(relay, POOL, true);
    ground.stuck.add(relay);
    ground.accepted(server, udp(2, HERE, PoolPolicy.of(PolicyType.PRIORITY, 2)));
    ground.pass(Duration.ofMillis(350));
    assertThat(ground.all(relay, HandleResolutionResponse.class)).isEmpty();

    ground.stuck.clear();
    ground.pass(Duration.ofMillis(100));

    assertThat(ground.all(relay, HandleResolutionResponse.class)).hasSize(1);
  }

  @Test
  @DisplayName("P-098: updates end with the connection, or when they are not wanted any more")
  void updatesEnd() {
    members(PoolPolicy.ROUND_ROBIN);
    ground.resolve(relay, POOL, true);
    assertThat(ground.registrar.status().pools().get(0).subscribers()).isEqualTo(1);
    assertThat(ground.resolve(relay, POOL, false).updates()).isFalse();
    assertThat(ground.registrar.status().pools().get(0).subscribers()).isZero();

    ground.resolve(relay, POOL, true);
    ground.leaves(relay);
    assertThat(ground.registrar.status().pools().get(0).subscribers()).isZero();
    ground.accepted(server, udp(2));
    ground.pass(Duration.ofSeconds(1));
    assertThat(ground.notebook.counted(AsapCount.UPDATES_SENT)).isZero();
  }

  @Test
  @DisplayName("5355 2: one connection has so many subscriptions and resolutions, and no more")
  void usersHaveLimits() {
    for (int i = 0; i < 65; i++) {
      PoolHandle pool = PoolHandle.of("dhcp6-" + i);
      ground.accepted(server, pool, udp(1));
      assertThat(ground.resolve(relay, pool, true).updates()).as(pool.toString()).isEqualTo(i < 64);
    }
    for (int i = 65; i < 1000; i++) {
      ground.resolve(relay, PoolHandle.of("dhcp6-1"));
    }
    assertThat(Ground.code(ground.resolve(relay, PoolHandle.of("dhcp6-1")).error()))
        .isEqualTo(ErrorCause.LACK_OF_RESOURCES);
    assertThat(ground.resolve(ground.user("relay-2"), PoolHandle.of("dhcp6-1")).isNegative())
        .isFalse();
  }

  @Test
  @DisplayName("P-180, P-181: round robin begins one further each time")
  void roundRobin() {
    members(
        PoolPolicy.ROUND_ROBIN,
        PoolPolicy.ROUND_ROBIN,
        PoolPolicy.ROUND_ROBIN,
        PoolPolicy.ROUND_ROBIN,
        PoolPolicy.ROUND_ROBIN);
    for (int i = 0; i < 20; i++) {
      long first = i % 5 + 1;
      assertThat(resolved().get(0)).isEqualTo(first);
    }
  }

  @Test
  @DisplayName("P-183: weighted round robin is exact over a cycle")
  void weightedRoundRobin() {
    members(weight(1), weight(2), weight(5));
    Map<Long, Integer> firsts = new HashMap<>();
    for (int i = 0; i < 80; i++) {
      firsts.merge(resolved().get(0), 1, Integer::sum);
    }
    assertThat(firsts).containsExactlyInAnyOrderEntriesOf(Map.of(1L, 10, 2L, 20, 3L, 50));
  }

  private static PoolPolicy weight(long weight) {
    return PoolPolicy.of(PolicyType.WEIGHTED_ROUND_ROBIN, weight);
  }

  @Test
  @DisplayName("P-184, P-185: chance names nobody twice, and by weight")
  void chance() {
    members(
        PoolPolicy.of(PolicyType.WEIGHTED_RANDOM, 1), PoolPolicy.of(PolicyType.WEIGHTED_RANDOM, 9));
    int heavy = 0;
    for (int i = 0; i < 900; i++) {
      List<Long> named = resolved();
      assertThat(named).doesNotHaveDuplicates();
      heavy += named.get(0) == 2 ? 1 : 0;
    }
    assertThat(heavy).isBetween(770, 850);
  }

  @Test
  @DisplayName("P-186, P-188, P-192: priority is descending, loads are ascending, unsigned")
  void orders() {
    members(
        PoolPolicy.of(PolicyType.PRIORITY, 5),
        PoolPolicy.of(PolicyType.PRIORITY, 0xffffffffL),
        PoolPolicy.of(PolicyType.PRIORITY, 7));
    assertThat(resolved()).containsExactly(2L, 3L, 1L);

    PoolHandle used = PoolHandle.of("dhcp6-used");
    ground.accepted(server, used, udp(1, HERE, PoolPolicy.of(PolicyType.LEAST_USED, 0xf0000000L)));
    ground.accepted(server, used, udp(2, HERE, PoolPolicy.of(PolicyType.LEAST_USED, 3)));
    assertThat(identifiers(ground.resolve(relay, used))).containsExactly(2L, 1L);

    PoolHandle sums = PoolHandle.of("dhcp6-sums");
    long type = PolicyType.PRIORITY_LEAST_USED;
    ground.accepted(server, sums, udp(1, HERE, PoolPolicy.of(type, 0xffffffffL, 0xffffffffL)));
    ground.accepted(server, sums, udp(2, HERE, PoolPolicy.of(type, 0xffffffffL, 1)));
    assertThat(identifiers(ground.resolve(relay, sums))).containsExactly(2L, 1L);
  }

  @Test
  @DisplayName("P-190, P-191: degradation grows with being named, and ends with registering again")
  void degradation() {
    long type = PolicyType.LEAST_USED_DEGRADATION;
    Ground one = new Ground();
    long element = one.element("server-1");
    long user = one.user("relay");
    one.accepted(element, udp(1, HERE, PoolPolicy.of(type, 0, 10)));
    one.accepted(element, udp(2, HERE, PoolPolicy.of(type, 5, 10)));
    List<Long> firsts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      one.say(user, new HandleResolution(false, POOL, OptionalLong.of(1)));
      firsts.addAll(identifiers(one.last(user, HandleResolutionResponse.class)));
    }
    one.accepted(element, udp(1, HERE, PoolPolicy.of(type, 0, 10)));
    one.say(user, new HandleResolution(false, POOL, OptionalLong.of(1)));
    firsts.addAll(identifiers(one.last(user, HandleResolutionResponse.class)));

    assertThat(firsts).containsExactly(1L, 2L, 1L, 1L);
  }

  @Test
  @DisplayName("P-193, P-194: who can serve nothing is not named while others can")
  void nothingIsServedByNobody() {
    members(
        PoolPolicy.of(PolicyType.RANDOMIZED_LEAST_USED, 0xffffffffL),
        PoolPolicy.of(PolicyType.RANDOMIZED_LEAST_USED, 0));
    for (int i = 0; i < 50; i++) {
      assertThat(resolved()).containsExactly(2L);
    }
    ground.deregister(server, key(2));
    assertThat(resolved()).containsExactly(1L);
  }

  @Test
  @DisplayName("P-196: of client hash everybody is named, whatever is wanted")
  void clientHashNamesEverybody() {
    Ground few = new Ground(Settings.withItems(2));
    long element = few.element("server-1");
    for (int i = 5; i >= 1; i--) {
      few.accepted(element, udp(i, HERE, HashValues.weighted(i, 1, 100).toPolicy()));
    }
    long user = few.user("relay");
    few.say(user, new HandleResolution(false, POOL, OptionalLong.of(1)));
    assertThat(identifiers(few.last(user, HandleResolutionResponse.class)))
        .containsExactly(1L, 2L, 3L, 4L, 5L);
  }
}
