// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.transport.Inbound;

/** Hands messages over, to somebody to whom connections mean nothing. */
record Delivery(Inbound inbound, Guard guard) implements Audience {
  @Override
  public boolean admits(Ipv6 source) {
    return true;
  }

  @Override
  public boolean expects(Ipv6 source) {
    return false; // only the peers say so
  }

  @Override
  public void opened(Connection connection) {
    // Its first message will tell.
  }

  @Override
  public void message(Connection connection, Bytes message) {
    TcpPath path = connection.path();
    guard.call(path, () -> inbound.gather(message, path));
  }

  @Override
  public void gathered() {
    guard.call("a connection", inbound::gathered);
  }

  @Override
  public void ended(Connection connection, String why) {
    // Answers go by another connection of the peer.
  }
}
