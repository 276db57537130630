// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6.intake;

import io.leasehold.net.Ipv6;

/**
 * How a datagram came.
 *
 * @param interfaceName interface it came in on; empty if the transport cannot tell
 * @param local address it was sent to
 * @param remote address it came from
 * @param remotePort port it came from
 */
public record Arrival(String interfaceName, Ipv6 local, Ipv6 remote, int remotePort) {}
