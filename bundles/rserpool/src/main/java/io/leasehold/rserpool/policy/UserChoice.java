// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.policy;

import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Which pool element a pool user tries next, of those that a registrar has named (RFC 5356). Of
 * client hash see {@link ClientHash}. Any thread, if the source of chance may be asked by any.
 */
public final class UserChoice {
  private final long policyType;
  private final List<PoolElement> named;
  private final RandomGenerator random;
  private final AtomicLong uses = new AtomicLong();

  /** A choice among pool elements in the order of a response, of which there is at least one. */
  public UserChoice(long policyType, List<PoolElement> named, RandomGenerator random) {
    this.policyType = policyType;
    this.named = named(policyType, named);
    this.random = random;
    if (named.isEmpty()) {
      throw new IllegalArgumentException("nobody to choose from");
    }
  }

  private static List<PoolElement> named(long policyType, List<PoolElement> named) {
    // RFC 5356 section 4.5.3: the highest priority, whoever is first in the list.
    return policyType == PolicyType.PRIORITY
        ? named.stream()
            .sorted(Comparator.comparingLong((PoolElement each) -> -each.policy().number(0)))
            .toList()
        : List.copyOf(named);
  }

  /**
   * All of them in the order in which they are to be tried for one more request; who is known not
   * to answer is passed over.
   */
  public List<PoolElement> next() {
    return order(uses.getAndIncrement());
  }

  /** What {@link #next} would say now, as far as that is not chance. It is not a use. */
  public List<PoolElement> preview() {
    return order(uses.get());
  }

  private List<PoolElement> order(long use) {
    if (policyType == PolicyType.RANDOM) {
      return byChance(PolicyType.RANDOM);
    }
    if (policyType == PolicyType.WEIGHTED_RANDOM
        || policyType == PolicyType.RANDOMIZED_LEAST_USED) {
      // The registrar has drawn already; to draw evenly among the drawn would undo the weights.
      return use == 0 ? named : byChance(policyType);
    }
    if (policyType == PolicyType.ROUND_ROBIN || policyType == PolicyType.WEIGHTED_ROUND_ROBIN) {
      List<PoolElement> order = new ArrayList<>(named);
      Collections.rotate(order, -(int) (use % named.size()));
      return order;
    }
    return named;
  }

  private record Drawn(long rank, PoolElement element) {}

  private List<PoolElement> byChance(long weights) {
    return named.stream()
        .map(each -> new Drawn(Draw.rank(PoolOrder.weight(weights, each.policy()), random), each))
        .sorted(Comparator.comparingLong(Drawn::rank))
        .map(Drawn::element)
        .toList();
  }
}
