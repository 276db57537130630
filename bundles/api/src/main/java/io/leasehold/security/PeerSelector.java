// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Whom a channel accepts at the other end, and to speak what.
 *
 * @param peerId the only one; empty for every peer of the directory
 * @param roles of which it must have one
 * @param protocolName what is spoken, for application-layer protocol negotiation (RFC 7301): a
 *     client offers it, a server refuses whoever offers others only; empty to leave it out
 */
public record PeerSelector(Optional<String> peerId, Set<PeerRole> roles, String protocolName) {
  /** Copies the roles. */
  public PeerSelector {
    Objects.requireNonNull(peerId);
    roles = Set.copyOf(roles);
    Objects.requireNonNull(protocolName);
  }

  /** Whoever it is, without negotiation of what is spoken. */
  public PeerSelector(Optional<String> peerId, Set<PeerRole> roles) {
    this(peerId, roles, "");
  }

  /** Every peer with one of these roles. */
  public static PeerSelector anyOf(PeerRole... roles) {
    return new PeerSelector(Optional.empty(), Set.of(roles));
  }

  /** One peer. */
  public static PeerSelector only(String peerId, PeerRole... roles) {
    return new PeerSelector(Optional.of(peerId), Set.of(roles));
  }

  /**
   * The same peers, to speak this. Transports call it with {@link
   * io.leasehold.hop.Application#protocolName} before they ask for a channel.
   */
  public PeerSelector speaking(String protocolName) {
    return new PeerSelector(peerId, roles, protocolName);
  }

  /** Whether this peer is accepted. */
  public boolean accepts(Peer peer) {
    return peerId.map(peer.id()::equals).orElse(true)
        && peer.roles().stream().anyMatch(roles::contains);
  }
}
