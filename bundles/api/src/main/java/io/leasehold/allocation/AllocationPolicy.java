// SPDX-License-Identifier: Apache-2.0
package io.leasehold.allocation;

import java.util.random.RandomGenerator;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * How a free unit of a pool is chosen. The plan names a policy with its word {@code allocator}. A
 * pool is a row of units numbered from 0 (addresses, or prefixes of the delegated length).
 */
@ConsumerType
public interface AllocationPolicy {
  /** The word of the plan, for example {@code iterative}. */
  String name();

  /**
   * Opens the bookkeeping of one pool in which everything is free.
   *
   * @param units how many there are, 1 to {@link Long#MAX_VALUE}
   * @param random the only source of chance that may be used
   */
  FreeUnits open(long units, RandomGenerator random);
}
