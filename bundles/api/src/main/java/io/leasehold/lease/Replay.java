// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import java.util.List;

/**
 * What a replay found.
 *
 * @param position place up to which the store was read
 * @param leases how many leases it holds
 * @param repairs what was mended on the way, a sentence each; empty when all was whole
 */
public record Replay(Position position, long leases, List<String> repairs) {
  /** Copies the list. */
  public Replay {
    repairs = List.copyOf(repairs);
  }
}
