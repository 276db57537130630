// SPDX-License-Identifier: Apache-2.0
package io.leasehold.hook;

import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.net.Ipv6;
import java.util.List;

/**
 * The way a packet came.
 *
 * @param interfaceName interface it came in on, or empty
 * @param remote address it came from
 * @param relays Relay-forward messages around it, outermost first; empty if it was not relayed
 * @param trial whether an operator only wants to know what would be answered: nothing comes of it,
 *     and nothing is to be kept of it
 */
public record PacketContext(
    String interfaceName, Ipv6 remote, List<RelayMessage> relays, boolean trial) {
  /** Copies the list. */
  public PacketContext {
    relays = List.copyOf(relays);
  }

  /** The way of a message that somebody sent. */
  public PacketContext(String interfaceName, Ipv6 remote, List<RelayMessage> relays) {
    this(interfaceName, remote, relays, false);
  }
}
