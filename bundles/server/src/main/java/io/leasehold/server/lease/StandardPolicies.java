// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.allocation.AllocationPolicy;
import io.leasehold.allocation.FreeUnits;
import io.leasehold.server.memory.OffHeap;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The allocation policies that the server brings along, under Kea's words. */
public final class StandardPolicies {
  /**
   * {@code iterative}: ascending from the pool's first unit; then what came back, longest ago
   * first.
   */
  public static final AllocationPolicy ITERATIVE =
      new Named(
          "iterative",
          (units, random, memory) ->
              returning(
                  units, new AscendingUnits(units, memory, random.nextLong()), random, memory));

  /**
   * {@code random}: each free unit equally likely, so that an address tells nothing about its
   * neighbours (RFC 7824 section 4.3).
   */
  public static final AllocationPolicy RANDOM = new Named("random", RandomUnits::new);

  /**
   * {@code flq}, free lease queue: in random order what was never used; then what came back,
   * longest ago first.
   */
  public static final AllocationPolicy FREE_LEASE_QUEUE =
      new Named(
          "flq",
          (units, random, memory) ->
              returning(units, new RandomUnits(units, random, memory), random, memory));

  /** All of them. */
  public static final List<AllocationPolicy> ALL = List.of(ITERATIVE, RANDOM, FREE_LEASE_QUEUE);

  private StandardPolicies() {}

  /** The policy with a word of the plan. */
  public static Optional<AllocationPolicy> named(String word) {
    return ALL.stream().filter(policy -> policy.name().equals(word)).findFirst();
  }

  private static FreeUnits returning(
      long units, FreshUnits fresh, RandomGenerator random, OffHeap memory) {
    return new ReturningUnits(units, fresh, new UnitQueue(memory, random.nextLong()));
  }

  /** Opens the bookkeeping of a pool in given memory. */
  interface Opener {
    FreeUnits open(long units, RandomGenerator random, OffHeap memory);
  }

  /** Opens the bookkeeping of a pool by a policy, in given memory if it is one of ours. */
  static FreeUnits open(
      AllocationPolicy policy, long units, RandomGenerator random, OffHeap memory) {
    return policy instanceof Named own
        ? own.opener().open(units, random, memory)
        : policy.open(units, random);
  }

  private record Named(String name, Opener opener) implements AllocationPolicy {
    @Override
    public FreeUnits open(long units, RandomGenerator random) {
      return opener.open(units, random, OffHeap.unlimited());
    }
  }
}
