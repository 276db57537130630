// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.net.Ipv6;
import io.leasehold.transport.Path;
import java.util.List;

/**
 * How a datagram came.
 *
 * @param interfaceName interface it came in on; empty if the transport cannot tell
 * @param interfaceAddresses unicast addresses of that interface; empty if the transport cannot tell
 * @param local address it was sent to
 * @param remote address it came from
 * @param remotePort port it came from
 * @param right for which links relay agents may speak by this way
 */
public record Arrival(
    String interfaceName,
    List<Ipv6> interfaceAddresses,
    Ipv6 local,
    Ipv6 remote,
    int remotePort,
    RelayRight right) {

  /** By a way of a transport. */
  public static Arrival of(Path path, RelayRight right) {
    return new Arrival(
        path.interfaceName(),
        path.interfaceAddresses(),
        path.local(),
        path.remote(),
        path.remotePort(),
        right);
  }

  /** By a way that is open to everybody. */
  public Arrival(
      String interfaceName,
      List<Ipv6> interfaceAddresses,
      Ipv6 local,
      Ipv6 remote,
      int remotePort) {
    this(interfaceName, interfaceAddresses, local, remote, remotePort, RelayRight.EVERYBODY);
  }

  /** One whose interface's addresses do not matter. */
  public Arrival(String interfaceName, Ipv6 local, Ipv6 remote, int remotePort) {
    this(interfaceName, List.of(), local, remote, remotePort);
  }
}
