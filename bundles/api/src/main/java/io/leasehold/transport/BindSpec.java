// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport;

import io.leasehold.net.Ipv6;
import java.util.List;

/**
 * What to listen on.
 *
 * @param interfaces where: {@code *} for every interface that is up and not loopback, {@code eth0}
 *     for one, or {@code eth0/2001:db8::1} for one unicast address of it (then no multicast there).
 *     Interfaces may come later. A loopback interface is used when it is named.
 * @param port UDP or TCP port
 * @param groups multicast groups to join on each interface that is named without an address
 */
public record BindSpec(List<String> interfaces, int port, List<Ipv6> groups) {
  /** Copies the lists. */
  public BindSpec {
    interfaces = List.copyOf(interfaces);
    groups = List.copyOf(groups);
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port);
    }
  }
}
