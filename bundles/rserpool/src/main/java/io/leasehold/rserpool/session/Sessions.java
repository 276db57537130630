// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.session;

import io.leasehold.hop.ConnectSpec;
import io.leasehold.net.Bytes;

/**
 * Connections as a core has them. Nothing is told to the core from within a call. What is unknown
 * or over is ignored.
 */
public interface Sessions {
  /**
   * Tries once to connect.
   *
   * @return number of the connection, never that of another one; it is heard of it that it is open,
   *     or that it ended
   */
  long connect(ConnectSpec to);

  /**
   * Sends a message after those before it.
   *
   * @return false if it is not sent, because the connection is not open or has too much to send
   */
  boolean send(long session, Bytes message);

  /**
   * Ends a connection after what was sent on it. Nothing more is heard of it.
   *
   * @param why for the log
   */
  void close(long session, String why);
}
