// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes in what a store gives back. Calls for one key come in order and one at a time; calls for
 * different keys may come from several threads at once. A later call for a key replaces an earlier
 * one.
 */
@ProviderType
public interface LeaseSink {
  /** A lease of the store. */
  void put(Lease lease);

  /** A lease that was given before and is forgotten. */
  void remove(LeaseKey key);
}
