// SPDX-License-Identifier: Apache-2.0
package io.leasehold.hop;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** One connection, from its beginning to its end. May be used from any thread; never blocks. */
@ConsumerType
public interface HopSession {
  /** As {@link LinkStatus#id}. */
  String id();

  /** Whether this host connected. */
  boolean isOutgoing();

  /** Address of the other end; an IPv4 address is IPv4-mapped. */
  Ipv6 remote();

  /**
   * All addresses of the other end that it may send from: of a multi-homed peer several, of which
   * {@link #remote} is one.
   */
  default List<Ipv6> remotes() {
    return List.of(remote());
  }

  /** Who is at the other end, if that was proved. */
  Optional<AuthenticatedPeer> peer();

  /** What the connection vouches for; nothing until it is open. */
  Assurance assurance();

  /**
   * Sends a message after those before it. Nothing is dropped on the way: if too much waits
   * already, the session ends.
   *
   * @return false if it is not sent, because the session is not open or has too much to send
   */
  boolean send(Bytes message);

  /**
   * Sends messages as {@link #send} does; cheaper than one by one, because they go together.
   *
   * @return false if not all are sent
   */
  default boolean sendAll(List<Bytes> messages) {
    boolean all = true;
    for (Bytes message : messages) {
      all &= send(message);
    }
    return all;
  }

  /**
   * Whether more is to be read. What was read before still comes: called by the user from {@link
   * SessionUser#message}, that is at most 64 KiB.
   */
  void read(boolean wanted);

  /** Ends the session when all is sent; no message is heard of it any more. */
  void close();
}
