// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** The server's live leases. Methods may be called from any thread. */
@ProviderType
public interface LeaseLedger {
  /** A lease; completes without waiting for the store. */
  CompletionStage<Optional<Lease>> find(LeaseKey key);

  /**
   * Leases in the order of their keys.
   *
   * @param after only keys greater than this one; empty to begin
   * @param limit at most so many
   */
  CompletionStage<List<Lease>> list(LeaseQuery query, Optional<LeaseKey> after, int limit);

  /**
   * Frees leases as if their clients had released them. The stage completes with their number when
   * that is durable.
   */
  CompletionStage<Long> release(LeaseQuery query);

  /**
   * Forgets leases altogether, memory of their clients included. Completes with their number when
   * that is durable.
   */
  CompletionStage<Long> wipe(LeaseQuery query);
}
