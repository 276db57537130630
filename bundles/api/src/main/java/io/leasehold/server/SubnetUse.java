// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

import java.math.BigInteger;

/**
 * Use of a subnet.
 *
 * @param id its id in the plan
 * @param prefix its prefix as text
 * @param network name of its shared network, or empty
 * @param addresses addresses in its pools
 * @param assignedAddresses of which in use
 * @param declinedAddresses of which declined
 * @param prefixes delegated prefixes in its pools
 * @param assignedPrefixes of which in use
 */
public record SubnetUse(
    long id,
    String prefix,
    String network,
    BigInteger addresses,
    long assignedAddresses,
    long declinedAddresses,
    BigInteger prefixes,
    long assignedPrefixes) {}
