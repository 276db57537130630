// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.peer;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.PeerAuthorizer;
import io.leasehold.security.PeerDirectory;
import io.leasehold.security.PeerRole;
import java.util.Objects;

/**
 * Asks the directory as it is now, not as it was when the peer proved who it is. Any thread.
 *
 * @param directory of peers
 */
public record Authorization(PeerDirectory directory) implements PeerAuthorizer {
  /** Rejects null. */
  public Authorization {
    Objects.requireNonNull(directory);
  }

  @Override
  public boolean permits(AuthenticatedPeer peer, PeerRole role) {
    return peer.roles().contains(role)
        && directory.peer(peer.peerId()).filter(now -> now.roles().contains(role)).isPresent();
  }

  @Override
  public boolean permitsLink(AuthenticatedPeer peer, Ipv6 linkAddress) {
    return permits(peer, PeerRole.RELAY)
        && directory
            .peer(peer.peerId())
            .filter(
                now ->
                    now.scope().isEmpty()
                        || now.scope().stream().anyMatch(link -> link.contains(linkAddress)))
            .isPresent();
  }

  @Override
  public boolean permitsPool(AuthenticatedPeer peer, Bytes handle) {
    return permits(peer, PeerRole.POOL_ELEMENT)
        && directory
            .peer(peer.peerId())
            .filter(now -> now.pools().stream().anyMatch(pool -> pool.matches(handle)))
            .isPresent();
  }

  @Override
  public boolean permitsAddress(AuthenticatedPeer peer, Ipv6 address) {
    return permits(peer, PeerRole.POOL_ELEMENT)
        && directory
            .peer(peer.peerId())
            .filter(now -> now.addresses().stream().anyMatch(each -> each.contains(address)))
            .isPresent();
  }
}
