// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import java.util.Optional;

/**
 * A message that the server is to answer on trial.
 *
 * @param family of which protocol it is
 * @param packet the datagram, Relay-forward messages included
 * @param interfaceName interface that it came in on; empty for the only one that is listened on
 * @param relay by which relay agent it came, if that is not in the datagram: its link-address or
 *     giaddr; an IPv4 address is IPv4-mapped
 * @param source address that the datagram comes from, which says who the relay agent is; absent:
 *     what the message tells of the last relay agent, its link-address or giaddr
 * @param peer which peer of the peer directory proves who it is on a protected hop; empty: the
 *     message comes as a plain datagram
 */
public record PacketTrial(
    Family family,
    Bytes packet,
    String interfaceName,
    Optional<Ipv6> relay,
    Optional<Ipv6> source,
    String peer) {
  /** One that comes as a plain datagram from where the message says. */
  public PacketTrial(Family family, Bytes packet, String interfaceName, Optional<Ipv6> relay) {
    this(family, packet, interfaceName, relay, Optional.empty(), "");
  }
}
