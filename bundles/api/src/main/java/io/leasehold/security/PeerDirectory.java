// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Peers that are configured. Every credential belongs to one of them. May be used from any thread.
 */
@ProviderType
public interface PeerDirectory {
  /** All of them, by id. */
  List<Peer> peers();

  /** The peer of that id. */
  Optional<Peer> peer(String id);

  /** The peer to which a pre-shared key belongs, by the name of the credential. */
  Optional<Peer> byPreSharedKey(String credential);

  /** Says when entries came, changed or went. Called on any thread; must not block. */
  AutoCloseable onChange(Runnable listener);
}
