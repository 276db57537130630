// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.osgi;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.PeerAuthorizer;
import io.leasehold.security.PeerRole;
import java.util.function.Supplier;

/**
 * Asks who says what peers may do; while nobody does they may do nothing. Any thread.
 *
 * @param authorizer gives null while there is none
 */
record Rights(Supplier<PeerAuthorizer> authorizer) implements PeerAuthorizer {
  @Override
  public boolean permits(AuthenticatedPeer peer, PeerRole role) {
    PeerAuthorizer present = authorizer.get();
    return present != null && present.permits(peer, role);
  }

  @Override
  public boolean permitsLink(AuthenticatedPeer peer, Ipv6 linkAddress) {
    PeerAuthorizer present = authorizer.get();
    return present != null && present.permitsLink(peer, linkAddress);
  }

  @Override
  public boolean permitsPool(AuthenticatedPeer peer, Bytes handle) {
    PeerAuthorizer present = authorizer.get();
    return present != null && present.permitsPool(peer, handle);
  }

  @Override
  public boolean permitsAddress(AuthenticatedPeer peer, Ipv6 address) {
    PeerAuthorizer present = authorizer.get();
    return present != null && present.permitsAddress(peer, address);
  }
}
