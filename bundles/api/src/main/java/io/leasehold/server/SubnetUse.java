// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

import io.leasehold.net.Family;
import java.math.BigInteger;

/**
 * Use of a subnet.
 *
 * @param family whose clients it serves
 * @param id its id in the plan, unique in its family
 * @param prefix its prefix as text
 * @param network name of its shared network, or empty
 * @param addresses addresses in its pools
 * @param assignedAddresses of which in use
 * @param declinedAddresses of which declined
 * @param prefixes delegated prefixes in its pools
 * @param assignedPrefixes of which in use
 */
public record SubnetUse(
    Family family,
    long id,
    String prefix,
    String network,
    BigInteger addresses,
    long assignedAddresses,
    long declinedAddresses,
    BigInteger prefixes,
    long assignedPrefixes) {}
