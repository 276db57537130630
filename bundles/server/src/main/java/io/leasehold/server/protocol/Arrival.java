// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.net.Ipv6;
import io.leasehold.server.explain.Explanation;
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
 * @param explanation is told what is decided about the datagram
 */
public record Arrival(
    String interfaceName,
    List<Ipv6> interfaceAddresses,
    Ipv6 local,
    Ipv6 remote,
    int remotePort,
    RelayRight right,
    Explanation explanation) {

  /** By a way of a transport, while nobody wants to know more of it. */
  public static Arrival of(Path path, RelayRight right) {
    return of(path, right, Explanation.NONE);
  }

  /** By a way of a transport. */
  public static Arrival of(Path path, RelayRight right, Explanation explanation) {
    return new Arrival(
        path.interfaceName(),
        path.interfaceAddresses(),
        path.local(),
        path.remote(),
        path.remotePort(),
        right,
        explanation);
  }

  /** By a way that is open to everybody. */
  public Arrival(
      String interfaceName,
      List<Ipv6> interfaceAddresses,
      Ipv6 local,
      Ipv6 remote,
      int remotePort) {
    this(
        interfaceName,
        interfaceAddresses,
        local,
        remote,
        remotePort,
        RelayRight.EVERYBODY,
        Explanation.NONE);
  }

  /** The same, about which something else is told. */
  public Arrival explainedTo(Explanation other) {
    return new Arrival(interfaceName, interfaceAddresses, local, remote, remotePort, right, other);
  }

  /** The same by a way with other rights. */
  public Arrival under(RelayRight other) {
    return new Arrival(
        interfaceName, interfaceAddresses, local, remote, remotePort, other, explanation);
  }

  /** One whose interface's addresses do not matter. */
  public Arrival(String interfaceName, Ipv6 local, Ipv6 remote, int remotePort) {
    this(interfaceName, List.of(), local, remote, remotePort);
  }
}
