// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.session;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.net.Ipv6;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Who is at the other end of an open connection.
 *
 * @param application what is spoken
 * @param transport name of the transport, as {@link ConnectSpec#transport}
 * @param remotes addresses of the other end when it was opened, at least one and the usual one
 *     first; an association of SCTP may have several. IPv4 addresses are IPv4-mapped
 * @param peer who it is, if that was proved; what it may do is asked of the {@link
 *     io.leasehold.security.PeerAuthorizer}
 * @param assurance what the connection vouches for
 */
public record Caller(
    Application application,
    String transport,
    List<Ipv6> remotes,
    Optional<AuthenticatedPeer> peer,
    Assurance assurance) {
  /** Nothing is missing. */
  public Caller {
    Objects.requireNonNull(application);
    Objects.requireNonNull(transport);
    remotes = List.copyOf(remotes);
    if (remotes.isEmpty()) {
      throw new IllegalArgumentException("a caller has an address");
    }
    Objects.requireNonNull(peer);
    Objects.requireNonNull(assurance);
  }

  /** Who is at the other end of a stream. */
  public Caller(
      Application application, Ipv6 remote, Optional<AuthenticatedPeer> peer, Assurance assurance) {
    this(application, ConnectSpec.STREAMS, List.of(remote), peer, assurance);
  }

  /** The address of the other end; of several, the usual one. */
  public Ipv6 remote() {
    return remotes.get(0);
  }

  /** Whether the peer is known, and nothing of it is changed or repeated (RFC 5355 section 3). */
  public boolean isSecure() {
    return peer.isPresent() && assurance.covers(Assurance.TRUSTED);
  }
}
