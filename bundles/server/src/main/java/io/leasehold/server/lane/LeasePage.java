// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import java.util.List;

/**
 * What was found on one bounded walk through the leases of a lane.
 *
 * @param leases in the order of their keys
 * @param lastOrNull the last key that was looked at, to go on after; null if there are no more
 */
public record LeasePage(List<Lease> leases, LeaseKey lastOrNull) {}
