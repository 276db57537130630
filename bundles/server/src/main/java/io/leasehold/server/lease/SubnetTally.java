// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

/**
 * How many leases of a subnet are in use.
 *
 * @param addresses addresses assigned to clients
 * @param declinedAddresses addresses out of use because a client declined them
 * @param prefixes prefixes delegated to clients
 */
public record SubnetTally(long addresses, long declinedAddresses, long prefixes) {
  /** Nothing in use. */
  public static final SubnetTally NONE = new SubnetTally(0, 0, 0);
}
