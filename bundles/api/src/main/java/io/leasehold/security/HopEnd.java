// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import io.leasehold.net.Ipv6;
import java.util.Objects;

/**
 * One end of a hop.
 *
 * @param address IPv4 addresses are IPv4-mapped
 * @param port of the transport
 */
public record HopEnd(Ipv6 address, int port) {
  /** Rejects null. */
  public HopEnd {
    Objects.requireNonNull(address);
  }
}
