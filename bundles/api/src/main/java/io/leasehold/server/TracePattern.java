// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which messages are meant. Every part that is present must match.
 *
 * @param client of the client with this DUID, client identifier or hardware address
 * @param relay that came by the relay agent with this address: its own, its link-address or its
 *     giaddr; an IPv4 address is IPv4-mapped
 * @param transaction of this transaction
 * @param dropped only those that are not answered
 */
public record TracePattern(
    Optional<Bytes> client, Optional<Ipv6> relay, OptionalLong transaction, boolean dropped) {
  /** Every message. */
  public static final TracePattern ANY =
      new TracePattern(Optional.empty(), Optional.empty(), OptionalLong.empty(), false);

  /** The messages of a client. */
  public static TracePattern ofClient(Bytes identifier) {
    return new TracePattern(Optional.of(identifier), Optional.empty(), OptionalLong.empty(), false);
  }

  /** The messages that come by a relay agent. */
  public static TracePattern ofRelay(Ipv6 address) {
    return new TracePattern(Optional.empty(), Optional.of(address), OptionalLong.empty(), false);
  }

  /** The messages of a transaction. */
  public static TracePattern ofTransaction(long id) {
    return new TracePattern(Optional.empty(), Optional.empty(), OptionalLong.of(id), false);
  }

  /** The same of messages that are not answered. */
  public TracePattern onlyDropped() {
    return new TracePattern(client, relay, transaction, true);
  }

  /**
   * Whether a message is meant, whatever becomes of it.
   *
   * @param clients by which its client may be known
   * @param relays addresses of the relay agents that it came by
   * @param transactionId its transaction
   */
  public boolean matches(
      Collection<Bytes> clients, Collection<Ipv6> relays, OptionalLong transactionId) {
    return (client.isEmpty() || clients.contains(client.get()))
        && (relay.isEmpty() || relays.contains(relay.get()))
        && (transaction.isEmpty() || transaction.equals(transactionId));
  }
}
