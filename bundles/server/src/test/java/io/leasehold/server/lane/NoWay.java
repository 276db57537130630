// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.transport.Destination;
import io.leasehold.transport.Path;
import java.util.List;

/** A way by which nothing goes back: lanes send nothing themselves. */
record NoWay(String interfaceName, Ipv6 local, Ipv6 remote, int remotePort) implements Path {
  @Override
  public List<Ipv6> interfaceAddresses() {
    return List.of();
  }

  @Override
  public boolean send(Bytes message, Destination to) {
    throw new AssertionError("the lane sends nothing itself");
  }
}
