// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.sim;

import io.leasehold.lease.LeaseKind;

/**
 * One identity association of a simulated client.
 *
 * @param kind addresses or prefixes
 * @param iaid its number
 */
record Association(LeaseKind kind, long iaid) {}
