// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import java.util.List;

/**
 * What a check of a store's files found.
 *
 * @param files how many files were read
 * @param octets how many octets were checked
 * @param records how many leases, removals and notes they hold; a lease with several versions
 *     counts for each
 * @param damages what is not as it was written; empty when all is well
 * @param remarks what an unfinished write has left, which the store mends by itself
 */
public record StoreCheck(
    int files, long octets, long records, List<String> damages, List<String> remarks) {
  /** Copies the lists. */
  public StoreCheck {
    damages = List.copyOf(damages);
    remarks = List.copyOf(remarks);
  }
}
