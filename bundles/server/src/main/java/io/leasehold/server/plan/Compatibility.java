// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

import io.leasehold.net.Prefix;

/**
 * Where DHCPv4 bends its rules for clients and relay agents that do not keep them.
 *
 * @param lenientOptionParsing whether vendors that stand before a damaged part of an option count
 * @param ignoreServerIdentifier whether what a client asks of another server is answered
 * @param ignoreLinkSelection whether a relay agent's link selection (RFC 3527) is passed over
 * @param excludeFirstLast24 whether addresses that end in 0 or 255 are not chosen in subnets of 256
 *     addresses or more; a client that asks for one by name gets it, as in Kea
 * @param requestsWithoutAddress whether a DHCPREQUEST that names no address is given one, as in Kea
 */
public record Compatibility(
    boolean lenientOptionParsing,
    boolean ignoreServerIdentifier,
    boolean ignoreLinkSelection,
    boolean excludeFirstLast24,
    boolean requestsWithoutAddress) {
  /** Nothing is bent. */
  public static final Compatibility NONE = new Compatibility(false, false, false, false, false);

  private static final int LONGEST_EXCLUDED = 24;

  /** Whether addresses of a subnet that end in 0 or 255 are not chosen. */
  public boolean excludesFrom(Prefix subnet) {
    return excludeFirstLast24 && subnet.isMapped() && subnet.ipv4Length() <= LONGEST_EXCLUDED;
  }
}
