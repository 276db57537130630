// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.engine;

import io.leasehold.net.Bytes;
import io.leasehold.security.ChannelProfile;
import io.leasehold.security.Credential.PreSharedKey;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.Health;
import io.leasehold.security.Peer;
import io.leasehold.security.PeerSelector;
import io.leasehold.security.SecurityServices;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.bouncycastle.tls.TlsClient;
import org.bouncycastle.tls.TlsServer;

/**
 * Proof by pre-shared keys, one for each pair of peers (RFC 9257). A client offers what it has for
 * the peers it expects, newest first; a server knows the keys of all its peers.
 */
public final class KeyMechanism implements Mechanism {
  private final ChannelProfile profile;
  private final Rules rules;
  private final SecurityServices services;

  /** With the credentials that a profile names, and those of the peer directory. */
  public KeyMechanism(ChannelProfile profile, Rules rules, SecurityServices services) {
    this.profile = profile;
    this.rules = rules;
    this.services = services;
  }

  @Override
  public Handshake handshake(HandshakeRole role, PeerSelector expected) {
    return new Handshake(role, rules, profile, expected, services);
  }

  @Override
  public TlsClient client(Handshake handshake) {
    List<PreSharedKey> keys = keysFor(handshake.expected());
    if (keys.isEmpty()) {
      throw new IllegalStateException(
          "no pre-shared key for %s; name one in credential of channel '%s', and in psk of the peer"
              .formatted(
                  handshake.expected().peerId().map(id -> "peer '" + id + "'").orElse("any peer"),
                  profile.name()));
    }
    return new KeyClient(handshake, this, keys);
  }

  @Override
  public TlsServer server(Handshake handshake) {
    return new KeyServer(handshake, this);
  }

  /** Keys that prove us to those peers: of the profile, or else of the peers themselves. */
  private List<PreSharedKey> keysFor(PeerSelector expected) {
    Set<String> names = new LinkedHashSet<>(profile.credentials());
    names.addAll(rules.keys12());
    if (names.isEmpty()) {
      services.peers().peers().stream()
          .filter(expected::accepts)
          .forEach(peer -> names.addAll(peer.preSharedKeys()));
    }
    List<PreSharedKey> keys = new ArrayList<>();
    for (String name : names) {
      key(name).filter(key -> peer(key).filter(expected::accepts).isPresent()).ifPresent(keys::add);
    }
    return keys;
  }

  private Optional<PreSharedKey> key(String name) {
    return services
        .credentials()
        .credential(name)
        .filter(PreSharedKey.class::isInstance)
        .map(PreSharedKey.class::cast)
        .filter(key -> key.identity().length() <= Limits.IDENTITY_OCTETS);
  }

  /** Whose key it is. */
  Optional<Peer> peer(PreSharedKey key) {
    return services.peers().byPreSharedKey(key.name());
  }

  /** Why it is nobody's. */
  String whyNobody(PreSharedKey key) {
    return services.peers().whyNobody(key.name());
  }

  /** RFC 8446 appendix E.7: a key serves one version. Over datagrams there is only one. */
  boolean isFor13(PreSharedKey key) {
    return rules.has13() && !rules.keys12().contains(key.name());
  }

  boolean isFor12(PreSharedKey key) {
    return rules.has13() ? rules.keys12().contains(key.name()) : rules.has12();
  }

  /**
   * The first key that is known by one of the identities. All of them are looked up, whatever is
   * found, so that the time tells nothing.
   */
  Optional<PreSharedKey> find(List<Bytes> identities, Predicate<PreSharedKey> usable) {
    Optional<PreSharedKey> found = Optional.empty();
    for (Bytes identity : identities) {
      Optional<PreSharedKey> known = services.credentials().preSharedKey(identity);
      if (found.isEmpty()) {
        found = known.filter(usable);
      }
    }
    return found;
  }

  /**
   * Octets that are the key of nobody: whoever offers an unknown identity fails as with a wrong
   * key.
   */
  byte[] keyOfNobody() {
    byte[] octets = new byte[32];
    services.random().nextBytes(octets);
    return octets;
  }

  @Override
  public Health health() {
    for (String name : profile.credentials()) {
      Optional<PreSharedKey> key = key(name);
      if (key.isEmpty()) {
        return problem(
            "pre-shared key '%s' cannot be used; look at %s"
                .formatted(name, Words.credentialFile(name)));
      }
      if (peer(key.get()).isEmpty()) {
        return problem(services.peers().whyNobody(name));
      }
    }
    boolean any =
        services.peers().peers().stream().anyMatch(peer -> !peer.preSharedKeys().isEmpty());
    return any ? Health.READY : Health.unusable(nobody());
  }

  private String nobody() {
    List<String> faults = services.peers().faults();
    return faults.isEmpty()
        ? "no peer has a pre-shared key; name one in psk of its peer"
        : "no valid peer has a pre-shared key; " + faults.get(0);
  }

  /** One key of several may be missing while it is rotated; without any nothing works. */
  private Health problem(String line) {
    boolean other =
        profile.credentials().stream().anyMatch(name -> key(name).flatMap(this::peer).isPresent());
    return other ? Health.degraded(line) : Health.unusable(line);
  }

  @Override
  public void close() {
    // Keys are copied for a handshake, and erased with it.
  }
}
