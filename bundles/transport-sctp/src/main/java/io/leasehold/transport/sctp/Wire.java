// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What an association does with its socket, on the thread of the transport. */
interface Wire {
  /** The addresses of this moment. */
  Ends ends() throws IOException;

  /**
   * Sends a whole message on the first stream, in order.
   *
   * @return false if the kernel has no room for it now
   */
  boolean send(ByteBuffer message, int protocol) throws IOException;

  /** What is to be heard of: what comes, and room for what is to go. */
  void interest(boolean reading, boolean writing);

  /** Tells the peer that no more comes, after all that was sent. */
  void shutdown() throws IOException;

  /** Closes the socket; an association that is not shut down is aborted. */
  void close();
}
