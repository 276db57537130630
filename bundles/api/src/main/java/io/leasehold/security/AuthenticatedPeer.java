// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import java.util.Objects;
import java.util.Set;

/**
 * A peer that has proved who it is, with the credential that was verified.
 *
 * @param peerId its entry in the {@link PeerDirectory}
 * @param roles what it may be
 * @param mechanism provider by which it proved it, for example {@code tls-psk}
 * @param facts what was negotiated
 */
public record AuthenticatedPeer(
    String peerId, Set<PeerRole> roles, String mechanism, ChannelFacts facts) {
  /** Copies the roles. */
  public AuthenticatedPeer {
    Objects.requireNonNull(peerId);
    roles = Set.copyOf(roles);
    Objects.requireNonNull(mechanism);
    Objects.requireNonNull(facts);
  }
}
