// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
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
   * Sends a message back to {@link #remote()}, out of the interface the message came in on. Does
   * not block.
   *
   * @param remotePort the port to send to; ignored by transports with connections
   * @return false if it could not be sent, which the transport has counted
   */
  boolean send(Bytes message, int remotePort);
}
