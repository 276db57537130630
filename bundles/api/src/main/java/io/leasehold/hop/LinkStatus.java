// SPDX-License-Identifier: Apache-2.0
package io.leasehold.hop;

import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import java.time.Instant;
import java.util.Optional;

/**
 * A connection as operators see it.
 *
 * @param id short and unique, for commands
 * @param transport name of the transport
 * @param application what is spoken
 * @param outgoing whether this host connects
 * @param local our end, as text
 * @param remote the other end, as text
 * @param channel name of the profile
 * @param state how it is
 * @param reason why it is not up; empty if it is
 * @param peer who is at the other end
 * @param assurance what it vouches for
 * @param since of the state
 * @param sent messages sent
 * @param received messages taken
 * @param dropped messages that could not be sent
 */
public record LinkStatus(
    String id,
    String transport,
    Application application,
    boolean outgoing,
    String local,
    String remote,
    String channel,
    State state,
    String reason,
    Optional<AuthenticatedPeer> peer,
    Assurance assurance,
    Instant since,
    long sent,
    long received,
    long dropped) {
  /** How a connection is. */
  public enum State {
    /** It is being made. */
    CONNECTING,
    /** The peer is not known yet. */
    HANDSHAKING,
    /** Messages pass. */
    UP,
    /** Another takes its place. */
    DRAINING,
    /** It is not there; if outgoing, it is tried again. */
    DOWN
  }
}
