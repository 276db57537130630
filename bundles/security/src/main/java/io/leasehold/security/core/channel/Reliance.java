// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.channel;

import io.leasehold.net.Bytes;
import io.leasehold.security.Credential;
import io.leasehold.security.Credential.PreSharedKey;
import io.leasehold.security.Credential.TrustAnchors;
import io.leasehold.security.CredentialStore;
import io.leasehold.security.Peer;
import io.leasehold.security.PeerDirectory;
import io.leasehold.security.core.credential.RevokedCertificates;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the channels of a profile rest on, and whether a change takes something away from those that
 * exist. What is only added takes nothing.
 */
final class Reliance {
  /** What a change means for channels that exist. */
  enum Change {
    NOTHING,
    /** Own credentials are others. */
    OTHERS,
    /** Fewer are trusted, or an own credential was taken away. */
    FEWER
  }

  private final Map<String, Optional<Credential>> own = new HashMap<>();
  private Optional<Credential> trust = Optional.empty();

  /** Compares what there is with what there was. */
  Change look(ChannelSpec spec, CredentialStore store) {
    Map<String, Optional<Credential>> now = new HashMap<>();
    List<String> names = spec == null ? List.of() : spec.profile().credentials();
    names.forEach(name -> now.put(name, store.credential(name)));
    boolean others =
        now.entrySet().stream()
            .anyMatch(
                each ->
                    own.containsKey(each.getKey())
                        && own.get(each.getKey()).orElse(null) != each.getValue().orElse(null));
    boolean gone =
        own.entrySet().stream()
            .filter(each -> each.getValue().isPresent())
            .anyMatch(each -> now.getOrDefault(each.getKey(), each.getValue()).isEmpty());
    own.clear();
    own.putAll(now);
    Optional<Credential> before = trust;
    trust =
        spec == null || spec.profile().trust().isEmpty()
            ? Optional.empty()
            : store.credential(spec.profile().trust());
    if (gone || before.isPresent() && narrowed(before.get(), trust.orElse(null))) {
      return Change.FEWER;
    }
    return others ? Change.OTHERS : Change.NOTHING;
  }

  private static boolean narrowed(Credential before, Credential now) {
    if (before == now) {
      return false;
    }
    if (!(before instanceof TrustAnchors old) || !(now instanceof TrustAnchors present)) {
      return true;
    }
    Set<Bytes> revoked = RevokedCertificates.of(present);
    return !Set.copyOf(present.anchors()).containsAll(old.anchors())
        || !RevokedCertificates.of(old).containsAll(revoked);
  }

  /** Whether the rights of a peer that was met are no longer what they were. */
  static boolean lost(GuardedEngine engine, PeerDirectory directory, CredentialStore credentials) {
    GuardedEngine.Ground ground = engine.ground();
    if (ground == null) {
      return false;
    }
    Peer before = ground.peer();
    Optional<Peer> now = directory.peer(before.id()).filter(engine.expected()::accepts);
    if (now.isEmpty()) {
      return true;
    }
    if (ground.credential() instanceof PreSharedKey key) {
      return credentials.credential(key.name()).orElse(null) != key
          || !now.get().preSharedKeys().contains(key.name());
    }
    return !now.get().names().containsAll(before.names())
        || !now.get().pins().containsAll(before.pins())
        || before.wildcards() && !now.get().wildcards();
  }
}
