// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import io.leasehold.net.Bytes;
import io.leasehold.net.Prefix;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * An entry of the {@link PeerDirectory}.
 *
 * @param id name, unique
 * @param roles what it may be
 * @param names that a certificate of it bears as subject alternative name, one of them; never its
 *     common name (RFC 9525)
 * @param wildcards whether a certificate may match by a whole left-most label of {@code *}
 * @param pins SHA-256 of public keys (SubjectPublicKeyInfo), accepted instead of a path to an
 *     anchor
 * @param preSharedKeys names of credentials, newest first
 * @param scope links for which a relay agent may speak; empty for all
 */
public record Peer(
    String id,
    Set<PeerRole> roles,
    List<PeerName> names,
    boolean wildcards,
    List<Bytes> pins,
    List<String> preSharedKeys,
    List<Prefix> scope) {
  /** Copies the collections. */
  public Peer {
    Objects.requireNonNull(id);
    roles = Set.copyOf(roles);
    names = List.copyOf(names);
    pins = List.copyOf(pins);
    preSharedKeys = List.copyOf(preSharedKeys);
    scope = List.copyOf(scope);
  }
}
