// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

/**
 * A complete table file.
 *
 * @param header its header
 * @param octets its length
 * @param leases how many leases it holds
 * @param notes how many notes it holds
 */
record Table(FileHeader header, long octets, long leases, long notes) {}
