// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Whom a channel accepts at the other end.
 *
 * @param peerId the only one; empty for every peer of the directory
 * @param roles of which it must have one
 */
public record PeerSelector(Optional<String> peerId, Set<PeerRole> roles) {
  /** Copies the roles. */
  public PeerSelector {
    Objects.requireNonNull(peerId);
    roles = Set.copyOf(roles);
  }

  /** Every peer with one of these roles. */
  public static PeerSelector anyOf(PeerRole... roles) {
    return new PeerSelector(Optional.empty(), Set.of(roles));
  }

  /** One peer. */
  public static PeerSelector only(String peerId, PeerRole... roles) {
    return new PeerSelector(Optional.of(peerId), Set.of(roles));
  }

  /** Whether this peer is accepted. */
  public boolean accepts(Peer peer) {
    return peerId.map(peer.id()::equals).orElse(true)
        && peer.roles().stream().anyMatch(roles::contains);
  }
}
