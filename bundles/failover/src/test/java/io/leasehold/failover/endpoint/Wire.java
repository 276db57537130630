// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import io.leasehold.codec.failover.FailoverMessage;

/** Where a server of a test has its connections. */
interface Wire {
  /** The server wants to connect. */
  void open(Node from);

  /** The server sends on a connection. */
  void send(Node from, long connection, FailoverMessage message);

  /** The server ends a connection. */
  void close(Node from, long connection, String why);
}
