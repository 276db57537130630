// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.transport.Sieve;

/**
 * What a datagram tells without being decoded, for one that may be dropped or is compared with
 * another. It costs a bounded number of steps, never throws, and knows nothing about validity: what
 * it cannot read it leaves to the decoder. Any thread.
 */
public interface Glance {
  /** Options that are looked at before it gives up. */
  int MOST_OPTIONS = 64;

  /** Whether the datagram, if it is valid, begins a conversation; false if that cannot be told. */
  boolean begins(Bytes datagram);

  /** The usual shapes of what begins a conversation: a few may have others. */
  Sieve beginnings();

  /**
   * Where the two octets are in which a client says for how long it has been trying: the only ones
   * in which a retransmission differs from the message before. -1 if they cannot be found.
   */
  int elapsedAt(Bytes datagram);

  /**
   * A hash of what the datagram says of the link it comes from.
   *
   * @param seed makes it different in every process
   */
  int origin(Bytes datagram, long seed);

  /** How datagrams of a family are looked at. */
  static Glance at(Family family) {
    return family == Family.IPV6 ? Glance6.INSTANCE : Glance4.INSTANCE;
  }
}
