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

  /**
   * Why a pre-shared key identifies nobody, a sentence with the remedy.
   *
   * @param credential its name, by which {@link #byPreSharedKey} finds no peer
   */
  default String whyNobody(String credential) {
    return "pre-shared key '%s' belongs to no peer; name it in psk of its peer"
        .formatted(credential);
  }

  /** What is wrong with entries, a sentence each; who has such an entry is not known. */
  default List<String> faults() {
    return List.of();
  }

  /** Says when entries came, changed or went. Called on any thread; must not block. */
  AutoCloseable onChange(Runnable listener);
}
