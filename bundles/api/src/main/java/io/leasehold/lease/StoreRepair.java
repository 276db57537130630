// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import java.util.List;

/**
 * What a repair of a damaged store keeps and drops.
 *
 * @param leases how many leases are kept; of each the newest version that can be read
 * @param notes how many notes are kept
 * @param losses what cannot be read, a sentence each with file and offset; empty when nothing is
 *     damaged
 * @param done whether the store was repaired, or would only be
 */
public record StoreRepair(long leases, long notes, List<String> losses, boolean done) {
  /** Copies the list. */
  public StoreRepair {
    losses = List.copyOf(losses);
  }
}
