// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import java.util.List;

/**
 * What a replay found.
 *
 * @param position place up to which the store was read
 * @param changes how many leases and removals the sink was given; a lease that the store had
 *     several versions of counts for each. How many leases there are is for the sink to know
 * @param repairs what was mended on the way, a sentence each; empty when all was whole
 */
public record Replay(Position position, long changes, List<String> repairs) {
  /** Copies the list. */
  public Replay {
    repairs = List.copyOf(repairs);
  }
}
