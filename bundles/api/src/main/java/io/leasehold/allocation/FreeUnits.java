// SPDX-License-Identifier: Apache-2.0
package io.leasehold.allocation;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The free units of one pool. Used by one thread at a time. Every method takes constant time,
 * amortised, also in a full pool.
 */
@ConsumerType
public interface FreeUnits {
  /** Chooses a free unit and takes it; -1 if there is none. */
  long take();

  /** Takes a certain unit; false if it was not free. */
  boolean take(long unit);

  /** Gives a unit back. A unit that was free stays so. */
  void give(long unit);

  /** Whether a unit is free. */
  boolean isFree(long unit);

  /** How many are free. */
  long free();
}
