// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool;

import org.osgi.annotation.versioning.ProviderType;

/** Finds members of pools (RFC 5352 section 3.3). A service of the pool user. Any thread. */
@ProviderType
public interface PoolDirectory {
  /**
   * Follows a pool until the subscription is closed. Returns at once: what is on disk is known from
   * the beginning, what registrars tell is heard when they do. Several may follow one pool.
   *
   * @throws IllegalStateException if the pool user stops
   */
  PoolSubscription follow(PoolHandle handle, PoolListener listener);
}
