// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

import java.util.OptionalDouble;

/**
 * What only DHCPv4 has in a subnet.
 *
 * @param authoritative whether a client with an address that this server knows nothing about is
 *     told so (DHCPNAK, RFC 2131 section 4.3.2)
 * @param matchClientId whether the client identifier tells clients apart; otherwise only the
 *     link-layer address does
 * @param boot fields for clients that boot over the network
 * @param adaptiveThreshold part of the subnet's addresses in use, 0 to 1, from which on leases are
 *     as short as the plan allows; empty for never
 * @param offerSeconds how long an address is kept for a client it was offered to
 * @param bootp whether BOOTP clients are served (RFC 1534)
 * @param excludesFirstLast whether addresses that end in 0 or 255 are not chosen
 */
public record Dhcp4Terms(
    boolean authoritative,
    boolean matchClientId,
    BootFields boot,
    OptionalDouble adaptiveThreshold,
    long offerSeconds,
    boolean bootp,
    boolean excludesFirstLast) {
  /** What a plan that says nothing means. */
  public static final Dhcp4Terms DEFAULT =
      new Dhcp4Terms(false, true, BootFields.NONE, OptionalDouble.empty(), 60, false, false);
}
