// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.pool;

import io.leasehold.lease.LeaseKey;

/**
 * How a pool that is shared by counting is divided, as far as this server knows.
 *
 * @param first its first unit
 * @param units how many there are
 * @param free of the primary, available
 * @param backup of the secondary, available (FREE-BACKUP)
 * @param taken leased, reserved, or waiting until they are available again
 * @param target how many the secondary should have available
 */
public record PoolShare(
    LeaseKey first, long units, long free, long backup, long taken, long target) {}
