// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import java.util.Objects;
import java.util.Optional;

/**
 * A lease that is written, or forgotten.
 *
 * @param key which
 * @param lease its new content; empty for a tombstone
 */
public record LeaseChange(LeaseKey key, Optional<Lease> lease) {
  /** Rejects a lease of another key. */
  public LeaseChange {
    Objects.requireNonNull(key);
    if (lease.isPresent() && !lease.get().key().equals(key)) {
      throw new IllegalArgumentException(key + " does not match " + lease.get().key());
    }
  }

  /** Writes a lease. */
  public static LeaseChange put(Lease lease) {
    return new LeaseChange(lease.key(), Optional.of(lease));
  }

  /** Forgets a lease. */
  public static LeaseChange remove(LeaseKey key) {
    return new LeaseChange(key, Optional.empty());
  }
}
