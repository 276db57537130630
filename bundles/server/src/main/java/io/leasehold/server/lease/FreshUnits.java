// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

/** Units that count as never used, in the order in which a policy wants to begin them. */
interface FreshUnits extends OffHeapUnits {
  /** Takes the next one; -1 if there is none. */
  long take();

  /** Takes a certain one; false if it is not fresh. */
  boolean take(long unit);

  /** Makes a unit fresh again; false if this order has passed it for good. */
  boolean giveBack(long unit);

  /** Whether a unit is fresh. */
  boolean isFree(long unit);

  /** How many places were looked at since the beginning. */
  long probes();

  /** How many entries are kept. */
  int entries();
}
