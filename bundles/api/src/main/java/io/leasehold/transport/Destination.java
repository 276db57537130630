// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport;

import io.leasehold.net.HardwareAddress;
import io.leasehold.net.Ipv6;
import java.util.Objects;
import java.util.Optional;

/**
 * Where an answer goes, out of the interface that the question came in on.
 *
 * @param address the address; an IPv4 address is IPv4-mapped, and 255.255.255.255 is every host on
 *     the link
 * @param port the port; ignored by transports with connections
 * @param linkLayer set if the host does not answer for {@code address} yet: the datagram goes to
 *     this link-layer address without being asked for (RFC 2131 section 4.1). A transport that
 *     cannot do so sends it to every host on the link instead
 */
public record Destination(Ipv6 address, int port, Optional<HardwareAddress> linkLayer) {
  /** Rejects impossible values. */
  public Destination {
    Objects.requireNonNull(address);
    Objects.requireNonNull(linkLayer);
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port);
    }
  }

  /** A host that answers for its address. */
  public static Destination of(Ipv6 address, int port) {
    return new Destination(address, port, Optional.empty());
  }
}
