// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.allocation.AllocationPolicy;
import io.leasehold.allocation.FreeUnits;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/** The allocation policies that the server brings along, under Kea's words. */
public final class StandardPolicies {
  /**
   * {@code iterative}: ascending from the pool's first unit; then what came back, longest ago
   * first.
   */
  public static final AllocationPolicy ITERATIVE =
      new Named(
          "iterative", (units, random) -> new ReturningUnits(units, new AscendingUnits(units)));

  /**
   * {@code random}: each free unit equally likely, so that an address tells nothing about its
   * neighbours (RFC 7824 section 4.3).
   */
  public static final AllocationPolicy RANDOM = new Named("random", ShuffledUnits::new);

  /**
   * {@code flq}, free lease queue: in random order what was never used; then what came back,
   * longest ago first.
   */
  public static final AllocationPolicy FREE_LEASE_QUEUE =
      new Named(
          "flq", (units, random) -> new ReturningUnits(units, new ShuffledUnits(units, random)));

  /** All of them. */
  public static final List<AllocationPolicy> ALL = List.of(ITERATIVE, RANDOM, FREE_LEASE_QUEUE);

  private StandardPolicies() {}

  /** The policy with a word of the plan. */
  public static Optional<AllocationPolicy> named(String word) {
    return ALL.stream().filter(policy -> policy.name().equals(word)).findFirst();
  }

  private record Named(String name, BiFunction<Long, RandomGenerator, FreeUnits> opener)
      implements AllocationPolicy {
    @Override
    public FreeUnits open(long units, RandomGenerator random) {
      return opener.apply(units, random);
    }
  }
}
