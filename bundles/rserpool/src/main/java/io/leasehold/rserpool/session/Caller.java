// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.session;

import io.leasehold.hop.Application;
import io.leasehold.net.Ipv6;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import java.util.Objects;
import java.util.Optional;

/**
 * Who is at the other end of an open connection.
 *
 * @param application what is spoken
 * @param remote address of the other end; an IPv4 address is IPv4-mapped
 * @param peer who it is, if that was proved; what it may do is asked of the {@link
 *     io.leasehold.security.PeerAuthorizer}
 * @param assurance what the connection vouches for
 */
public record Caller(
    Application application, Ipv6 remote, Optional<AuthenticatedPeer> peer, Assurance assurance) {
  /** Nothing is missing. */
  public Caller {
    Objects.requireNonNull(application);
    Objects.requireNonNull(remote);
    Objects.requireNonNull(peer);
    Objects.requireNonNull(assurance);
  }

  /** Whether the peer is known, and nothing of it is changed or repeated (RFC 5355 section 3). */
  public boolean isSecure() {
    return peer.isPresent() && assurance.covers(Assurance.TRUSTED);
  }
}
