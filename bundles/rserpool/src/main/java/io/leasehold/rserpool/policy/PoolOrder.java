// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.policy;

import io.leasehold.rserpool.wire.Unsigned;
import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * The order in which a registrar names the members of one pool (RFC 5356). Members that are equal
 * by the policy take turns, except where the order itself has a meaning. A policy that is not known
 * is one of round robin. One thread.
 */
public final class PoolOrder {
  private static final Comparator<Ranked<?>> BY_RANK =
      Comparator.<Ranked<?>>comparingLong(Ranked::rank)
          .thenComparingLong(Ranked::turn)
          .thenComparingLong(Ranked::identifier);

  private final long policyType;
  private final RandomGenerator random;
  private long turns;

  /** The smaller the rank, the earlier. */
  private record Ranked<C extends Candidate>(long rank, long turn, C candidate) {
    long identifier() {
      return candidate.element().identifier();
    }
  }

  /** An order in which nobody was first yet; chance is asked only by policies that need it. */
  public PoolOrder(long policyType, RandomGenerator random) {
    this.policyType = policyType;
    this.random = random;
  }

  /** The policy, see {@link PolicyType}. */
  public long policyType() {
    return policyType;
  }

  /**
   * How many members are named at most.
   *
   * @param requested what the pool user wants, if it says so
   * @param few for policies that lose their meaning when all are named: the draws, and degradation,
   *     which counts who is named
   * @param most for the others but client hash, of which every user must know all
   */
  public static int items(long policyType, OptionalLong requested, int few, int most) {
    if (policyType == PolicyType.CLIENT_HASH) {
      return Integer.MAX_VALUE;
    }
    boolean isFew =
        policyType == PolicyType.WEIGHTED_RANDOM
            || policyType == PolicyType.RANDOMIZED_LEAST_USED
            || policyType == PolicyType.LEAST_USED_DEGRADATION;
    int limit = isFew ? few : most;
    return (int) Math.min(requested.orElse(limit), limit);
  }

  /**
   * Names members, the first first, none twice. Who can serve nothing is left out unless all can.
   *
   * @param members all of the pool, by their identifiers
   * @param most how many are named at most, see {@link #items}
   */
  public <C extends Candidate> List<C> select(List<C> members, int most) {
    if (most <= 0 || members.isEmpty()) {
      return List.of();
    }
    if (policyType == PolicyType.CLIENT_HASH) {
      members.forEach(Candidate::name);
      return List.copyOf(members);
    }
    List<C> able = members.stream().filter(this::isAble).toList();
    List<C> named = first(able.isEmpty() ? members : able, most);
    if (policyType == PolicyType.WEIGHTED_ROUND_ROBIN) {
      settle(able, named.get(0));
    }
    named.get(0).turn = ++turns;
    named.forEach(Candidate::name);
    return named;
  }

  private <C extends Candidate> List<C> first(List<C> members, int most) {
    PriorityQueue<Ranked<C>> best =
        new PriorityQueue<>(Math.min(most, members.size()) + 1, BY_RANK.reversed());
    for (C each : members) {
      best.add(new Ranked<>(rank(each), isStable() ? 0 : each.turn, each));
      if (best.size() > most) {
        best.remove();
      }
    }
    List<C> named = new ArrayList<>(best.size());
    while (!best.isEmpty()) {
      named.add(best.remove().candidate());
    }
    Collections.reverse(named);
    return named;
  }

  /** Pool users keep to the first of equal priority, so that is the same one for all of them. */
  private boolean isStable() {
    return policyType == PolicyType.PRIORITY;
  }

  /** RFC 5356 section 3.2: a weight of 0 serves nothing. */
  private boolean isAble(Candidate candidate) {
    return weight(policyType, candidate.element().policy()) != 0;
  }

  /** The weight of policies that have one; otherwise all have the same. */
  static long weight(long policyType, PoolPolicy policy) {
    if (policyType == PolicyType.WEIGHTED_ROUND_ROBIN || policyType == PolicyType.WEIGHTED_RANDOM) {
      return policy.number(0);
    }
    return policyType == PolicyType.RANDOMIZED_LEAST_USED ? Unsigned.MAX_U32 - policy.number(0) : 1;
  }

  private long rank(Candidate candidate) {
    PoolPolicy policy = candidate.element().policy();
    long first = policy.number(0);
    if (policyType == PolicyType.WEIGHTED_ROUND_ROBIN) {
      return -(candidate.owed + first);
    } else if (policyType == PolicyType.RANDOM) {
      return random.nextLong() >>> 1;
    } else if (policyType == PolicyType.WEIGHTED_RANDOM
        || policyType == PolicyType.RANDOMIZED_LEAST_USED) {
      return Draw.rank(weight(policyType, policy), random);
    } else if (policyType == PolicyType.PRIORITY) {
      return -first;
    } else if (policyType == PolicyType.LEAST_USED) {
      return first;
    } else if (policyType == PolicyType.PRIORITY_LEAST_USED) {
      return first + policy.number(1);
    }
    return policyType == PolicyType.LEAST_USED_DEGRADATION
        ? degraded(first, policy.number(1), candidate.degradations)
        : 0;
  }

  private static long degraded(long load, long degradation, long count) {
    return degradation > 0 && count > (Long.MAX_VALUE - load) / degradation
        ? Long.MAX_VALUE
        : load + count * degradation;
  }

  /** Everybody is owed its weight, and who is first has had all of it: an even spread. */
  private static void settle(List<? extends Candidate> able, Candidate first) {
    long total = 0;
    for (Candidate each : able) {
      long weight = each.element().policy().number(0);
      each.owed += weight;
      total += weight;
    }
    first.owed -= total;
  }
}
