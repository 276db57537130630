// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import io.leasehold.net.Bytes;
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

  /**
   * Whether a peer may be an element of a pool; nobody may by default.
   *
   * @param handle octets of the pool handle
   */
  default boolean permitsPool(AuthenticatedPeer peer, Bytes handle) {
    return false;
  }

  /**
   * Whether a pool element may offer its service at an address that it does not connect from;
   * nobody may by default.
   */
  default boolean permitsAddress(AuthenticatedPeer peer, Ipv6 address) {
    return false;
  }
}
