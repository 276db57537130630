// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import io.leasehold.net.Ipv6;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Says what an authenticated peer may do. A separate step: a good credential alone permits nothing.
 */
@ProviderType
public interface PeerAuthorizer {
  /** Whether a peer may speak in this role. */
  boolean permits(AuthenticatedPeer peer, PeerRole role);

  /** Whether a relay agent may speak for a link, by an address of it (giaddr, link-address). */
  boolean permitsLink(AuthenticatedPeer peer, Ipv6 linkAddress);
}
