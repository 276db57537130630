// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport;

import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import java.util.List;
import java.util.Objects;

/**
 * What to listen on.
 *
 * @param family addresses of which family; for {@link Family#IPV4} broadcasts are received too
 * @param interfaces where: {@code *} for every interface that is up and not loopback, {@code eth0}
 *     for one, or {@code eth0/2001:db8::1} for one unicast address of it (then neither multicast
 *     nor broadcast there). Interfaces may come later. A loopback interface is used when it is
 *     named.
 * @param port UDP or TCP port
 * @param groups multicast groups to join on each interface that is named without an address
 */
public record BindSpec(Family family, List<String> interfaces, int port, List<Ipv6> groups) {
  /** Copies the lists. */
  public BindSpec {
    Objects.requireNonNull(family);
    interfaces = List.copyOf(interfaces);
    groups = List.copyOf(groups);
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port);
    }
  }
}
