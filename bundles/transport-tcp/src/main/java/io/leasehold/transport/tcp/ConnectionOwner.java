// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.net.Bytes;

/** Who has connections. Called on the event loop of the connection. */
interface ConnectionOwner {
  /** The peer is known, and messages pass. */
  void established(Connection connection);

  /** A message came; more may come until {@link #gathered}. */
  void message(Connection connection, Bytes message);

  /** There are no more messages for the moment. */
  void gathered();

  /** Sends a message to the peer of a connection, whatever has become of that. Any thread. */
  boolean answer(Connection connection, Bytes message);

  /** It is over; nothing comes of it any more. */
  void ended(Connection connection, Ending why, String detail);
}
