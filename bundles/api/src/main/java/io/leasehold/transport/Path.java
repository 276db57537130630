// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The way a message came, and the way back. May be used from any thread, also after the binding was
 * closed.
 */
@ConsumerType
public interface Path {
  /** Interface the message came in on; empty if the transport cannot tell. */
  String interfaceName();

  /** Address the message was sent to: unicast or a multicast group. */
  Ipv6 local();

  /** Address it came from; an IPv4 address is IPv4-mapped. */
  Ipv6 remote();

  /** Port it came from. */
  int remotePort();

  /**
   * Unicast addresses of the interface the message came in on, of the family of {@link #local()},
   * in the order of the system; IPv4 addresses are IPv4-mapped. Empty if the transport cannot tell.
   */
  List<Ipv6> interfaceAddresses();

  /**
   * Sends a message out of the interface that the other one came in on. Does not block.
   *
   * @return false if it could not be sent, which the transport has counted
   */
  boolean send(Bytes message, Destination to);

  /** Who is at the other end, if that was proved. */
  default Optional<AuthenticatedPeer> peer() {
    return Optional.empty();
  }

  /** What the way the message came vouches for. */
  default Assurance assurance() {
    return Assurance.NONE;
  }

  /** Sends a message back to {@link #remote()} and {@link #remotePort()}. Does not block. */
  default boolean reply(Bytes message) {
    return send(message, Destination.of(remote(), remotePort()));
  }
}
