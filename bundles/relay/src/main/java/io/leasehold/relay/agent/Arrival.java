// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent;

import io.leasehold.net.Ipv6;
import io.leasehold.security.Admission;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.transport.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a message came.
 *
 * @param side from where
 * @param interfaceName interface it came in on; empty for connections
 * @param interfaceAddresses unicast addresses of that interface; IPv4 addresses are IPv4-mapped
 * @param local address it was sent to
 * @param remote address it came from
 * @param remotePort port it came from
 * @param peer who sent it, if that was proved
 * @param assurance what the way it came vouches for
 */
public record Arrival(
    Side side,
    String interfaceName,
    List<Ipv6> interfaceAddresses,
    Ipv6 local,
    Ipv6 remote,
    int remotePort,
    Optional<AuthenticatedPeer> peer,
    Assurance assurance) {
  /** Where a message comes from. */
  public enum Side {
    /** A datagram from a link where clients are, or relay agents farther from the server. */
    CLIENTS,
    /** A connection of a relay agent that is farther from the server. */
    BELOW,
    /** A server or a relay agent that is nearer to it, which has been checked. */
    UPSTREAM
  }

  /** Of a message that came that way. */
  public static Arrival of(Side side, Path path) {
    return new Arrival(
        side,
        path.interfaceName(),
        path.interfaceAddresses(),
        path.local(),
        path.remote(),
        path.remotePort(),
        path.peer(),
        path.assurance());
  }

  /** The same, of a network that vouches for it. */
  public Arrival vouchedFor(Admission admission) {
    return new Arrival(
        side,
        interfaceName,
        interfaceAddresses,
        local,
        remote,
        remotePort,
        admission.peer(),
        admission.assurance());
  }

  /** Name of the sender for as long as its connections last: the peer, or else its address. */
  public String sender() {
    return peer.map(AuthenticatedPeer::peerId).orElseGet(remote::toString);
  }
}
