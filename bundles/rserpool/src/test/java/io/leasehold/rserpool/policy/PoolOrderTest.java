// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.wire.Unsigned;
import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order in which registrars name members (RFC 5356 sections 4 and 5). */
final class PoolOrderTest {
  private static final Ipv6 ADDRESS = Ipv6.ofText("192.0.2.1");

  private final Random random = new Random(1);

  /** A member whose registration can be renewed. */
  private static final class Registered extends Candidate {
    Registered(PoolElement element) {
      super(element);
    }

    void renew() {
      register(element());
    }
  }

  static PoolElement element(long identifier, PoolPolicy policy) {
    return new PoolElement(
        identifier, 1, 300, PortTransport.udp(ADDRESS, 547), policy, Optional.empty());
  }

  private static List<Registered> members(PoolPolicy... policies) {
    List<Registered> members = new ArrayList<>();
    for (PoolPolicy each : policies) {
      members.add(new Registered(element(members.size() + 1, each)));
    }
    return members;
  }

  private static List<Registered> members(long policyType, long... values) {
    return members(
        LongStream.of(values)
            .mapToObj(value -> PoolPolicy.of(policyType, value))
            .toArray(PoolPolicy[]::new));
  }

  private static List<Registered> equals(long policyType, int count) {
    return members(
        LongStream.range(0, count)
            .mapToObj(i -> new PoolPolicy(policyType, Bytes.EMPTY))
            .toArray(PoolPolicy[]::new));
  }

  private static List<Long> ids(List<? extends Candidate> named) {
    return named.stream().map(each -> each.element().identifier()).toList();
  }

  private Map<Long, Integer> firsts(PoolOrder order, List<Registered> members, int draws) {
    Map<Long, Integer> counts = new HashMap<>();
    for (int i = 0; i < draws; i++) {
      counts.merge(ids(order.select(members, 3)).get(0), 1, Integer::sum);
    }
    return counts;
  }

  private PoolOrder order(long policyType) {
    return new PoolOrder(policyType, random);
  }

  @Test
  void roundRobinBeginsOneFurtherEachTime() {
    List<Registered> members = equals(PolicyType.ROUND_ROBIN, 5);
    PoolOrder order = order(PolicyType.ROUND_ROBIN);

    for (long turn = 0; turn < 20; turn++) {
      long first = turn;
      assertThat(ids(order.select(members, 9)))
          .isEqualTo(LongStream.range(0, 5).mapToObj(i -> (first + i) % 5 + 1).toList());
    }
    assertThat(members).allSatisfy(each -> assertThat(each.selections()).isEqualTo(20));
  }

  @Test
  void roundRobinGoesOnWhenMembersComeAndGo() {
    List<Registered> members = equals(PolicyType.ROUND_ROBIN, 4);
    PoolOrder order = order(PolicyType.ROUND_ROBIN);
    order.select(members, 2);
    members.remove(1);

    assertThat(ids(order.select(members, 2))).containsExactly(3L, 4L);
    assertThat(ids(order.select(members, 2))).containsExactly(4L, 1L);
  }

  @Test
  void weightedRoundRobinIsExactOverACycleAndSpread() {
    List<Registered> members = members(PolicyType.WEIGHTED_ROUND_ROBIN, 1, 2, 5);
    PoolOrder order = order(PolicyType.WEIGHTED_ROUND_ROBIN);
    List<Long> firsts = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      firsts.add(ids(order.select(members, 3)).get(0));
    }

    assertThat(firsts.stream().filter(id -> id == 1)).hasSize(10);
    assertThat(firsts.stream().filter(id -> id == 2)).hasSize(20);
    assertThat(firsts.stream().filter(id -> id == 3)).hasSize(50);
    for (int i = 0; i + 3 <= firsts.size(); i++) {
      assertThat(firsts.subList(i, i + 3)).contains(3L);
    }
  }

  @Test
  void weightedRoundRobinOfFiveToOneToOne() {
    List<Registered> members = members(PolicyType.WEIGHTED_ROUND_ROBIN, 5, 1, 1);
    PoolOrder order = order(PolicyType.WEIGHTED_ROUND_ROBIN);
    List<Long> firsts = new ArrayList<>();
    for (int i = 0; i < 14; i++) {
      firsts.add(ids(order.select(members, 1)).get(0));
    }

    assertThat(firsts).containsExactly(1L, 1L, 2L, 1L, 3L, 1L, 1L, 1L, 1L, 2L, 1L, 3L, 1L, 1L);
  }

  @ParameterizedTest
  @ValueSource(longs = {PolicyType.RANDOM, PolicyType.WEIGHTED_RANDOM, PolicyType.LEAST_USED})
  void nobodyIsNamedTwice(long policyType) {
    List<Registered> members = members(0xb000_0000L, 1, 2, 3, 4, 5, 6, 7, 8);
    PoolOrder order = order(policyType);

    for (int i = 0; i < 200; i++) {
      List<Long> named = ids(order.select(members, 5));
      assertThat(new HashSet<>(named)).hasSize(5);
    }
  }

  @Test
  void randomIsEven() {
    assertFits(firsts(order(PolicyType.RANDOM), equals(PolicyType.RANDOM, 4), 4000), 1, 1, 1, 1);
  }

  @Test
  void weightedRandomIsByWeight() {
    assertFits(
        firsts(
            order(PolicyType.WEIGHTED_RANDOM),
            members(PolicyType.WEIGHTED_RANDOM, 1, 2, 7, 30),
            4000),
        1,
        2,
        7,
        30);
  }

  @Test
  void randomizedLeastUsedIsByWhatIsFree() {
    long half = Unsigned.MAX_U32 / 2;
    assertFits(
        firsts(
            order(PolicyType.RANDOMIZED_LEAST_USED),
            members(PolicyType.RANDOMIZED_LEAST_USED, 0, half, half + half / 2),
            4000),
        4,
        2,
        1);
  }

  @Test
  void priorityIsDescendingWithoutASign() {
    List<Registered> members = members(PolicyType.PRIORITY, 1, 0xffff_ffffL, 200, 0x8000_0000L);
    PoolOrder order = order(PolicyType.PRIORITY);

    assertThat(ids(order.select(members, 9))).containsExactly(2L, 4L, 3L, 1L);
    assertThat(ids(order.select(members, 2))).containsExactly(2L, 4L);
  }

  @Test
  void equalPriorityIsTheSameForEverybody() {
    List<Registered> members = members(PolicyType.PRIORITY, 5, 5);
    PoolOrder order = order(PolicyType.PRIORITY);

    assertThat(ids(order.select(members, 2))).containsExactly(1L, 2L);
    assertThat(ids(order.select(members, 2))).containsExactly(1L, 2L);
  }

  @Test
  void leastUsedIsAscendingAndEqualLoadsTakeTurns() {
    List<Registered> members = members(PolicyType.LEAST_USED, 0xffff_ffffL, 7, 9, 7, 7);
    PoolOrder order = order(PolicyType.LEAST_USED);

    assertThat(ids(order.select(members, 9))).containsExactly(2L, 4L, 5L, 3L, 1L);
    assertThat(ids(order.select(members, 9))).containsExactly(4L, 5L, 2L, 3L, 1L);
    assertThat(ids(order.select(members, 9))).containsExactly(5L, 2L, 4L, 3L, 1L);
    assertThat(ids(order.select(members, 9))).containsExactly(2L, 4L, 5L, 3L, 1L);
  }

  @Test
  void degradationGrowsWithEachNamingAndEndsWithARegistration() {
    List<Registered> members =
        members(
            PoolPolicy.of(PolicyType.LEAST_USED_DEGRADATION, 0, 10),
            PoolPolicy.of(PolicyType.LEAST_USED_DEGRADATION, 25, 10));
    PoolOrder order = order(PolicyType.LEAST_USED_DEGRADATION);

    // 0, 10 and 20 are less than 25; then 30 is not, 35 is more, 40 is more than 35.
    assertThat(ids(order.select(members, 1))).containsExactly(1L);
    assertThat(ids(order.select(members, 1))).containsExactly(1L);
    assertThat(ids(order.select(members, 1))).containsExactly(1L);
    assertThat(ids(order.select(members, 1))).containsExactly(2L);
    assertThat(ids(order.select(members, 1))).containsExactly(1L);
    assertThat(ids(order.select(members, 1))).containsExactly(2L);
    members.get(1).renew();
    assertThat(ids(order.select(members, 1))).containsExactly(2L);
  }

  @Test
  void degradationCountsAllThatAreNamed() {
    List<Registered> members =
        members(
            PoolPolicy.of(PolicyType.LEAST_USED_DEGRADATION, 0, 1),
            PoolPolicy.of(PolicyType.LEAST_USED_DEGRADATION, 0, 100),
            PoolPolicy.of(PolicyType.LEAST_USED_DEGRADATION, 50, 0));
    PoolOrder order = order(PolicyType.LEAST_USED_DEGRADATION);
    order.select(members, 2);

    assertThat(ids(order.select(members, 3))).containsExactly(1L, 3L, 2L);
  }

  @Test
  void degradationDoesNotOverflow() {
    List<Registered> members =
        members(
            PoolPolicy.of(PolicyType.LEAST_USED_DEGRADATION, 0, Unsigned.MAX_U32),
            PoolPolicy.of(PolicyType.LEAST_USED_DEGRADATION, Unsigned.MAX_U32, 0));
    members.get(0).degradations = Long.MAX_VALUE / 2;

    assertThat(ids(order(PolicyType.LEAST_USED_DEGRADATION).select(members, 2)))
        .containsExactly(2L, 1L);
  }

  @Test
  void priorityLeastUsedAddsInMoreThan32Bits() {
    List<Registered> members =
        members(
            PoolPolicy.of(PolicyType.PRIORITY_LEAST_USED, 0xffff_ffffL, 0xffff_ffffL),
            PoolPolicy.of(PolicyType.PRIORITY_LEAST_USED, 10, 30),
            PoolPolicy.of(PolicyType.PRIORITY_LEAST_USED, 35, 4));

    assertThat(ids(order(PolicyType.PRIORITY_LEAST_USED).select(members, 3)))
        .containsExactly(3L, 2L, 1L);
  }

  @ParameterizedTest
  @ValueSource(longs = {PolicyType.WEIGHTED_ROUND_ROBIN, PolicyType.WEIGHTED_RANDOM})
  void weightOfNothingServesNothingWhileOthersCan(long policyType) {
    List<Registered> members = members(policyType, 0, 3, 0);
    PoolOrder order = order(policyType);

    for (int i = 0; i < 20; i++) {
      assertThat(ids(order.select(members, 3))).containsExactly(2L);
    }
    assertThat(ids(order.select(members(policyType, 0, 0), 3))).hasSize(2);
  }

  @Test
  void clientHashNamesEverybodyInTheSameOrder() {
    List<Registered> members =
        members(HashValues.weighted(2, 1, 1).toPolicy(), HashValues.weighted(1, 1, 9).toPolicy());
    PoolOrder order = order(PolicyType.CLIENT_HASH);

    assertThat(ids(order.select(members, 1))).containsExactly(1L, 2L);
    assertThat(ids(order.select(members, 1))).containsExactly(1L, 2L);
  }

  @Test
  void unknownPolicyIsOneOfRoundRobin() {
    List<Registered> members = equals(0xb000_1001L, 3);
    PoolOrder order = order(0xb000_1001L);

    assertThat(ids(order.select(members, 2))).containsExactly(1L, 2L);
    assertThat(ids(order.select(members, 2))).containsExactly(2L, 3L);
  }

  @Test
  void drawsNameFew() {
    OptionalLong all = OptionalLong.empty();
    assertThat(PoolOrder.items(PolicyType.WEIGHTED_RANDOM, all, 3, 100)).isEqualTo(3);
    assertThat(PoolOrder.items(PolicyType.LEAST_USED_DEGRADATION, OptionalLong.of(9), 3, 100))
        .isEqualTo(3);
    assertThat(PoolOrder.items(PolicyType.ROUND_ROBIN, all, 3, 100)).isEqualTo(100);
    assertThat(PoolOrder.items(PolicyType.ROUND_ROBIN, OptionalLong.of(1), 3, 100)).isEqualTo(1);
    assertThat(PoolOrder.items(PolicyType.CLIENT_HASH, OptionalLong.of(1), 3, 100))
        .isEqualTo(Integer.MAX_VALUE);
  }

  /** By the chi-square test at 0.1 %, of at most four members; the seed is fixed. */
  private static void assertFits(Map<Long, Integer> counts, double... weights) {
    double total = 0;
    for (double each : weights) {
      total += each;
    }
    int draws = counts.values().stream().mapToInt(Integer::intValue).sum();
    double square = 0;
    for (int i = 0; i < weights.length; i++) {
      double expected = draws * weights[i] / total;
      square += Math.pow(counts.getOrDefault(i + 1L, 0) - expected, 2) / expected;
    }
    assertThat(square).isLessThan(16.27);
  }
}
