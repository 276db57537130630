// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.engine;

import io.leasehold.net.Bytes;
import io.leasehold.security.ChannelProfile;
import io.leasehold.security.ChannelProfile.Revocation;
import io.leasehold.security.Credential;
import io.leasehold.security.Credential.CertificateChain;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.Health;
import io.leasehold.security.Peer;
import io.leasehold.security.PeerName;
import io.leasehold.security.PeerSelector;
import io.leasehold.security.ProfileRejectedException;
import io.leasehold.security.SecurityServices;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsClient;
import org.bouncycastle.tls.TlsServer;

/**
 * Proof by certificates, mutual always. A certificate names a peer by its subject alternative names
 * and a path to an anchor of the profile, or by a pinned key.
 */
public final class CertificateMechanism implements Mechanism {
  private static final Duration SOON = Duration.ofDays(30);

  private final ChannelProfile profile;
  private final Rules rules;
  private final SecurityServices services;
  private volatile List<OwnCertificate> read = List.of();
  private volatile Optional<Anchors> anchorsRead = Optional.empty();

  /**
   * With the credentials and the trust that a profile names.
   *
   * @throws ProfileRejectedException if it names none
   */
  public CertificateMechanism(ChannelProfile profile, Rules rules, SecurityServices services)
      throws ProfileRejectedException {
    this.profile = profile;
    this.rules = rules;
    this.services = services;
    if (profile.credentials().isEmpty()) {
      throw new ProfileRejectedException(
          "channel %s: provider %s needs a credential of kind certificate"
              .formatted(profile.name(), profile.provider()));
    }
    if (profile.trust().isEmpty() && profile.revocation() == Revocation.HARD) {
      throw new ProfileRejectedException(
          "channel %s: revocation = hard needs trust, for the lists are there"
              .formatted(profile.name()));
    }
  }

  @Override
  public Handshake handshake(HandshakeRole role, PeerSelector expected) {
    return new Handshake(role, rules, profile, expected, services);
  }

  @Override
  public TlsClient client(Handshake handshake) {
    return new CertificateClient(handshake, this, usable());
  }

  @Override
  public TlsServer server(Handshake handshake) {
    return new CertificateServer(handshake, this, usable());
  }

  private List<OwnCertificate> usable() {
    List<OwnCertificate> usable = own();
    if (usable.isEmpty()) {
      throw new IllegalStateException(health().reason());
    }
    return usable;
  }

  /** Own certificates that are valid now, in the order of the profile. */
  private List<OwnCertificate> own() {
    List<OwnCertificate> before = read;
    List<OwnCertificate> present = new ArrayList<>();
    for (String name : profile.credentials()) {
      if (services.credentials().credential(name).orElse(null) instanceof CertificateChain chain) {
        readOnce(before, chain).ifPresent(present::add);
      }
    }
    read = List.copyOf(present);
    Instant now = services.clock().instant();
    return present.stream().filter(own -> now.isBefore(own.credential().notAfter())).toList();
  }

  private static Optional<OwnCertificate> readOnce(
      List<OwnCertificate> before, CertificateChain chain) {
    for (OwnCertificate own : before) {
      if (own.credential() == chain) {
        return Optional.of(own);
      }
    }
    try {
      return Optional.of(OwnCertificate.of(chain));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<Anchors> anchors() {
    Optional<Credential.TrustAnchors> present =
        services
            .credentials()
            .credential(profile.trust())
            .filter(Credential.TrustAnchors.class::isInstance)
            .map(Credential.TrustAnchors.class::cast);
    Optional<Anchors> before = anchorsRead;
    if (before.isPresent() && present.isPresent() && before.get().credential() == present.get()) {
      return before;
    }
    Optional<Anchors> now = Optional.empty();
    try {
      now = present.map(Anchors::of);
    } catch (IllegalArgumentException e) {
      // Health says that the trust cannot be read.
    }
    anchorsRead = now;
    return now;
  }

  @Override
  public Health health() {
    List<OwnCertificate> own = own();
    if (own.isEmpty()) {
      return Health.unusable(whyNone());
    }
    if (!profile.trust().isEmpty() && anchors().isEmpty()) {
      return Health.unusable(
          "trust '%s' cannot be used; look at %s"
              .formatted(profile.trust(), Words.credentialFile(profile.trust())));
    }
    Instant now = services.clock().instant();
    CertificateChain first = own.get(0).credential();
    if (!now.plus(SOON).isBefore(first.notAfter())) {
      return Health.degraded(
          "certificate of credential '%s' ends on %s; renew it"
              .formatted(first.name(), first.notAfter()));
    }
    return lists(now);
  }

  private String whyNone() {
    for (String name : profile.credentials()) {
      Optional<Credential> credential = services.credentials().credential(name);
      if (credential.isPresent() && credential.get() instanceof CertificateChain chain) {
        return services.clock().instant().isBefore(chain.notAfter())
            ? "key of credential '%s' cannot be used; accepted are ECDSA P-256 and P-384, Ed25519 and RSA of 2048 bits or more"
                .formatted(name)
            : "certificate of credential '%s' ended on %s; renew it"
                .formatted(name, chain.notAfter());
      }
    }
    return "no certificate among the credentials %s can be used; look at %s"
        .formatted(
            String.join(", ", profile.credentials()),
            Words.credentialFile(profile.credentials().get(0)));
  }

  private Health lists(Instant now) {
    Optional<String> old =
        profile.revocation() == Revocation.OFF
            ? Optional.empty()
            : anchors().flatMap(anchors -> anchors.oldList(now));
    return old.map(
            issuer ->
                Health.degraded(
                    "revocation list of '%s' in trust '%s' is old; renew it"
                        .formatted(issuer, profile.trust())))
        .orElse(Health.READY);
  }

  @Override
  public void close() {
    read = List.of();
    anchorsRead = Optional.empty();
  }

  /** The first DNS name of the one peer that is expected. */
  Optional<String> dnsName(PeerSelector expected) {
    return expected
        .peerId()
        .flatMap(services.peers()::peer)
        .flatMap(
            peer ->
                peer.names().stream()
                    .filter(name -> name.kind() == PeerName.Kind.DNS)
                    .map(PeerName::value)
                    .findFirst());
  }

  /**
   * Judges what the peer sent, and finds who that is.
   *
   * @param chain in DER, the leaf first, not empty
   */
  Handshake.Proof judge(
      Handshake handshake, List<Bytes> chain, PathCheck.Use use, String ownCredential)
      throws Rejection {
    List<X509Certificate> certificates = read(chain);
    Certificate leaf = Certificate.getInstance(chain.get(0).toArray());
    SubjectNames names = SubjectNames.of(leaf.getTBSCertificate().getExtensions());
    handshake.claimed(names.toString());
    Bytes pin = Digests.keyPin(leaf);
    List<Peer> peers = services.peers().peers();
    List<Peer> candidates = peers.stream().filter(peer -> peer.pins().contains(pin)).toList();
    Instant now = services.clock().instant();
    if (candidates.isEmpty()) {
      checkPath(handshake, certificates, use, now);
      if (names.isEmpty()) {
        throw new Rejection(
            AlertDescription.bad_certificate,
            "certificate %s has no usable subject alternative name; its common name is not read"
                .formatted(PathCheck.name(certificates.get(0))));
      }
      candidates = peers.stream().filter(names::matches).toList();
    } else {
      PathCheck.checkAlone(certificates.get(0), now);
    }
    Peer peer = one(candidates, handshake.expected(), names);
    return new Handshake.Proof(peer, ownCredential, Digests.fingerprint(chain.get(0)));
  }

  private static List<X509Certificate> read(List<Bytes> chain) throws Rejection {
    try {
      return Anchors.certificates(chain);
    } catch (CertificateException e) {
      throw new Rejection(
          AlertDescription.bad_certificate, "the peer's certificate cannot be read");
    }
  }

  private void checkPath(
      Handshake handshake, List<X509Certificate> chain, PathCheck.Use use, Instant now)
      throws Rejection {
    Optional<Anchors> anchors = anchors();
    if (anchors.isEmpty()) {
      throw new Rejection(
          AlertDescription.unknown_ca,
          "channel '%s' trusts nobody, and no peer has the key of certificate %s pinned"
              .formatted(profile.name(), PathCheck.name(chain.get(0))));
    }
    for (String line : PathCheck.check(chain, anchors.get(), use, profile.revocation(), now)) {
      services.audit().event("revocation-unknown", handshake.claimed(), line);
    }
  }

  private static Peer one(List<Peer> candidates, PeerSelector expected, SubjectNames names)
      throws Rejection {
    List<Peer> accepted = candidates.stream().filter(expected::accepts).toList();
    if (accepted.size() == 1) {
      return accepted.get(0);
    }
    if (accepted.size() > 1) {
      throw new Rejection(
          AlertDescription.access_denied,
          "certificate with %s is that of peers '%s' and '%s'; a name belongs to one peer"
              .formatted(names, accepted.get(0).id(), accepted.get(1).id()));
    }
    if (!candidates.isEmpty()) {
      throw new Rejection(
          AlertDescription.access_denied, Words.notExpected(candidates.get(0), expected));
    }
    String file = expected.peerId().map(Words::peerFile).orElse(Words.peerFile("NAME"));
    throw new Rejection(
        AlertDescription.access_denied,
        "certificate with %s is that of no peer; add the name in %s".formatted(names, file));
  }
}
