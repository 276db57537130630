// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.allocation.AllocationPolicy;
import io.leasehold.allocation.LeaseGovernor;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What links of one lane stand on.
 *
 * @param table the lane's table
 * @param policies allocation policy by its word in the plan; never null for a word that the plan
 *     was checked for
 * @param governors governor by its name in the plan; null if it is not there
 * @param random the only source of chance
 */
public record LinkGround(
    LeaseTable table,
    Function<String, AllocationPolicy> policies,
    Function<String, LeaseGovernor> governors,
    RandomGenerator random) {
  /** The same where nobody governs. */
  public LinkGround(
      LeaseTable table, Function<String, AllocationPolicy> policies, RandomGenerator random) {
    this(table, policies, name -> null, random);
  }
}
