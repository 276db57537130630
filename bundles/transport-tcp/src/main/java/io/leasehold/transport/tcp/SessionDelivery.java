// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.hop.SessionUser;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;

/** Tells the user of sessions what becomes of them. */
record SessionDelivery(SessionUser user, Guard guard) implements Audience {
  @Override
  public boolean admits(Ipv6 source) {
    return user.admits(source);
  }

  @Override
  public boolean expects(Ipv6 source) {
    return user.expects(source);
  }

  @Override
  public void opened(Connection connection) {
    guard.call(connection.path(), () -> user.opened(new TcpSession(connection)));
  }

  @Override
  public void message(Connection connection, Bytes message) {
    guard.call(connection.path(), () -> user.message(new TcpSession(connection), message));
  }

  @Override
  public void gathered() {
    // Each message was handed over when it came.
  }

  @Override
  public void ended(Connection connection, String why) {
    guard.call(connection.path(), () -> user.ended(new TcpSession(connection), why));
  }
}
