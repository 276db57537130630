// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;

/** Sees what passes between clients and servers, without relay messages around it. Any thread. */
public interface ClientWatch {
  /** Looks at nothing. */
  ClientWatch NONE =
      new ClientWatch() {
        @Override
        public boolean fromClient(
            Bytes message, String interfaceName, Ipv6 client, long nowMillis) {
          return true;
        }

        @Override
        public void toClient(Bytes message, String interfaceName, Ipv6 client, long nowMillis) {
          // Nothing is remembered.
        }
      };

  /**
   * A message of a client on a link of ours that is about to be relayed.
   *
   * @return false if it must not be
   */
  boolean fromClient(Bytes message, String interfaceName, Ipv6 client, long nowMillis);

  /** A message of a server that is about to be sent to a client on a link of ours. */
  void toClient(Bytes message, String interfaceName, Ipv6 client, long nowMillis);
}
