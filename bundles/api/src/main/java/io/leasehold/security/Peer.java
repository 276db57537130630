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
 * @param pools pools that a pool element may join; empty for none
 * @param addresses addresses under which a pool element may offer its service beside those that it
 *     connects from
 */
public record Peer(
    String id,
    Set<PeerRole> roles,
    List<PeerName> names,
    boolean wildcards,
    List<Bytes> pins,
    List<String> preSharedKeys,
    List<Prefix> scope,
    List<PoolPattern> pools,
    List<Prefix> addresses) {
  /** Copies the collections. */
  public Peer {
    Objects.requireNonNull(id);
    roles = Set.copyOf(roles);
    names = List.copyOf(names);
    pins = List.copyOf(pins);
    preSharedKeys = List.copyOf(preSharedKeys);
    scope = List.copyOf(scope);
    pools = List.copyOf(pools);
    addresses = List.copyOf(addresses);
  }

  /** One that joins no pool. */
  public Peer(
      String id,
      Set<PeerRole> roles,
      List<PeerName> names,
      boolean wildcards,
      List<Bytes> pins,
      List<String> preSharedKeys,
      List<Prefix> scope) {
    this(id, roles, names, wildcards, pins, preSharedKeys, scope, List.of(), List.of());
  }
}
