// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What pool users make of the order that a registrar gave them. */
final class UserChoiceTest {
  private final Random random = new Random(1);

  private static List<PoolElement> named(long policyType, long... values) {
    List<PoolElement> named = new ArrayList<>();
    for (long each : values) {
      PoolPolicy policy =
          policyType == PolicyType.ROUND_ROBIN || policyType == PolicyType.RANDOM
              ? PoolPolicy.of(policyType)
              : PoolPolicy.of(policyType, each);
      named.add(PoolOrderTest.element(named.size() + 1, policy));
    }
    return named;
  }

  private static List<Long> ids(List<PoolElement> elements) {
    return elements.stream().map(PoolElement::identifier).toList();
  }

  private int firsts(UserChoice choice, long identifier, int uses) {
    int count = 0;
    for (int i = 0; i < uses; i++) {
      count += choice.next().get(0).identifier() == identifier ? 1 : 0;
    }
    return count;
  }

  @Test
  void roundRobinWalksTheListAndWraps() {
    UserChoice choice =
        new UserChoice(PolicyType.ROUND_ROBIN, named(PolicyType.ROUND_ROBIN, 0, 0, 0), random);

    assertThat(ids(choice.next())).containsExactly(1L, 2L, 3L);
    assertThat(ids(choice.next())).containsExactly(2L, 3L, 1L);
    assertThat(ids(choice.next())).containsExactly(3L, 1L, 2L);
    assertThat(ids(choice.next())).containsExactly(1L, 2L, 3L);
  }

  @Test
  void highestPriorityIsFirstAsSoonAsItIsBack() {
    UserChoice choice =
        new UserChoice(
            PolicyType.PRIORITY, named(PolicyType.PRIORITY, 5, 0xffff_ffffL, 200), random);

    assertThat(ids(choice.next())).containsExactly(2L, 3L, 1L);
    assertThat(ids(choice.next())).containsExactly(2L, 3L, 1L);
  }

  @Test
  void randomIsEven() {
    UserChoice choice =
        new UserChoice(PolicyType.RANDOM, named(PolicyType.RANDOM, 0, 0, 0, 0), random);

    assertThat(firsts(choice, 1, 4000)).isBetween(880, 1120);
  }

  @Test
  void drawOfTheRegistrarIsUsedOnceThenDrawnAgainByWeight() {
    List<PoolElement> named = named(PolicyType.WEIGHTED_RANDOM, 1, 9, 0);
    for (int i = 0; i < 50; i++) {
      UserChoice choice = new UserChoice(PolicyType.WEIGHTED_RANDOM, named, random);
      assertThat(ids(choice.next())).containsExactly(1L, 2L, 3L);
    }
    int[] firsts = new int[4];
    for (int i = 0; i < 1000; i++) {
      UserChoice choice = new UserChoice(PolicyType.WEIGHTED_RANDOM, named, random);
      choice.next();
      firsts[(int) choice.next().get(0).identifier()]++;
    }

    assertThat(firsts[2]).isBetween(860, 940);
    assertThat(firsts[3]).isZero();
  }

  @Test
  void loadsAreInTheOrderOfTheRegistrar() {
    UserChoice choice =
        new UserChoice(PolicyType.LEAST_USED, named(PolicyType.LEAST_USED, 9, 1), random);

    assertThat(ids(choice.next())).containsExactly(1L, 2L);
    assertThat(ids(choice.next())).containsExactly(1L, 2L);
  }

  @Test
  void thereIsSomebodyToChoose() {
    assertThatThrownBy(() -> new UserChoice(PolicyType.RANDOM, List.of(), random))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
