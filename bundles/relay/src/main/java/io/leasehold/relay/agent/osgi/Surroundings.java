// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.osgi;

import io.leasehold.hop.HopTransport;
import io.leasehold.pool.PoolDirectory;
import io.leasehold.relay.agent.LinkScope;
import io.leasehold.relay.agent.upstream.Gate;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.PeerRole;
import io.leasehold.transport.Transport;

/** Services around a relay agent; they come and go while it works. Any thread. */
interface Surroundings extends Gate, LinkScope {
  /** For datagrams; null while there is none. */
  Transport transport();

  /** For connections, by name; null while there is none. */
  HopTransport hopTransport(String name);

  /** Finds members of pools; null while there is none. */
  PoolDirectory pools();

  /** Whether a peer may speak in a role. */
  boolean permits(AuthenticatedPeer peer, PeerRole role);

  /** Runs something when a time has passed. */
  void later(Runnable task, long millis);

  /** Time since the epoch. */
  long nowMillis();
}
