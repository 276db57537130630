// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.lease.LeaseKey;

/**
 * What one bounded walk through the leases of a lane changed.
 *
 * @param turn the changes
 * @param lastOrNull the last key that was looked at, to go on after; null if there are no more
 */
public record Sweep(Turn turn, LeaseKey lastOrNull) {}
