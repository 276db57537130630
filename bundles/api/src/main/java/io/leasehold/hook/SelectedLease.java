// SPDX-License-Identifier: Apache-2.0
package io.leasehold.hook;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.LeaseKey;

/**
 * An address or prefix that a client is about to be offered or given.
 *
 * @param key the address or prefix
 * @param subnetId its subnet
 * @param client who gets it
 * @param iaid for which of its identity associations; 0 in DHCPv4
 * @param validSeconds for how long
 * @param renewed whether the client has it already
 */
public record SelectedLease(
    LeaseKey key,
    long subnetId,
    ClientIdentity client,
    long iaid,
    long validSeconds,
    boolean renewed) {}
