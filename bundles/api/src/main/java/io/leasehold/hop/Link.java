// SPDX-License-Identifier: Apache-2.0
package io.leasehold.hop;

import io.leasehold.net.Bytes;
import io.leasehold.security.Assurance;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A connection that this host keeps up: it connects, and again when it was lost, until closed. May
 * be used from any thread.
 */
@ConsumerType
public interface Link extends AutoCloseable {
  /** How it is. */
  LinkStatus status();

  /** Whether a message would be sent now. */
  boolean isUp();

  /** What the connection that carries messages now vouches for; nothing while there is none. */
  default Assurance assurance() {
    return status().assurance();
  }

  /**
   * Sends a message. Does not block. What does not fit into the bounded queue is dropped, the
   * oldest first, and counted.
   *
   * @return false if it could not be queued, because the link is down
   */
  boolean send(Bytes message);

  /** Replaces the connection by a new one; the old one ends when the new one is up, or in time. */
  void renew();

  /** Ends the connection and does not connect again. */
  @Override
  void close();
}
