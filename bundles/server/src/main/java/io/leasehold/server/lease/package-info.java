// SPDX-License-Identifier: Apache-2.0
/**
 * Leases in memory and what is still free: the table with its indexes, the free units of pools,
 * offers, and reclamation. Everything here belongs to the thread of one lane, does no input or
 * output, and is told the time.
 */
package io.leasehold.server.lease;
