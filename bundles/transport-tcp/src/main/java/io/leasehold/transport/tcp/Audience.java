// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;

/** Who hears of the connections of a listener. Called on the loop of each connection. */
interface Audience {
  /** Whether an address may connect at all. */
  boolean admits(Ipv6 source);

  /** Whether somebody is expected from an address that it admits. */
  boolean expects(Ipv6 source);

  /** Messages pass. */
  void opened(Connection connection);

  /** A message came; more may come until {@link #gathered}. */
  void message(Connection connection, Bytes message);

  /** There are no more messages for the moment. */
  void gathered();

  /** A connection that was {@link #opened} is over. */
  void ended(Connection connection, String why);
}
