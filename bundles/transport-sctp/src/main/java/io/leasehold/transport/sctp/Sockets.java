// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes sockets. On the thread of the transport. */
interface Sockets {
  /** A socket that was accepted or is to connect. */
  interface Socket extends Wire {
    /** Tells an association from now on what becomes of the socket. */
    void serve(Association association) throws IOException;
  }

  /** A socket that accepts on several addresses of one port. */
  interface Door {
    /** Accepts on one address more; empty: on all, and then on no other. */
    void open(Optional<InetAddress> address) throws IOException;

    /** Accepts on an address no more. */
    void shut(InetAddress address) throws IOException;

    /** Accepts again after an accept failed. */
    void resume();

    /** Closes the socket. */
    void close();
  }

  /** Why there can be none; empty if there can. Any thread. */
  Optional<String> absence();

  /**
   * Begins to connect; the association hears the rest.
   *
   * @param from addresses of this host; empty: what the kernel chooses
   */
  void connect(Association association, InetSocketAddress to, List<InetAddress> from, SctpLoop loop)
      throws IOException;

  /**
   * A socket that accepts nowhere yet.
   *
   * @param arrived takes what is accepted
   */
  Door door(int port, Consumer<Socket> arrived, SctpLoop loop) throws IOException;
}
