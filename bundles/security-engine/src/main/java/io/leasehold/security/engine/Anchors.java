// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.engine;

import io.leasehold.net.Bytes;
import io.leasehold.security.Credential;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1OctetString;

/** Whose certificates are accepted, read once for each version of the credential. */
final class Anchors {
  private static final String NAME_CONSTRAINTS = "2.5.29.30";

  private final Credential.TrustAnchors credential;
  private final List<X509Certificate> certificates;
  private final Set<TrustAnchor> anchors;
  private final List<X509CRL> revocationLists;

  private Anchors(
      Credential.TrustAnchors credential,
      List<X509Certificate> certificates,
      Set<TrustAnchor> anchors,
      List<X509CRL> revocationLists) {
    this.credential = credential;
    this.certificates = certificates;
    this.anchors = anchors;
    this.revocationLists = revocationLists;
  }

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException if one cannot be read; the message says so
   */
  static Anchors of(Credential.TrustAnchors credential) {
    try {
      List<X509Certificate> certificates = certificates(credential.anchors());
      Set<TrustAnchor> anchors = new HashSet<>();
      for (X509Certificate certificate : certificates) {
        anchors.add(new TrustAnchor(certificate, nameConstraints(certificate)));
      }
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      List<X509CRL> lists = new ArrayList<>();
      for (Bytes list : credential.revocationLists()) {
        lists.add((X509CRL) factory.generateCRL(new ByteArrayInputStream(list.toArray())));
      }
      return new Anchors(credential, certificates, anchors, List.copyOf(lists));
    } catch (CertificateException | CRLException | RuntimeException e) {
      throw new IllegalArgumentException(
          "trust '%s' has an anchor or a revocation list that cannot be read"
              .formatted(credential.name()),
          e);
    }
  }

  /** Certificates in DER as the JDK reads them. */
  static List<X509Certificate> certificates(List<Bytes> encodings) throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> certificates = new ArrayList<>();
    for (Bytes encoding : encodings) {
      certificates.add(
          (X509Certificate)
              factory.generateCertificate(new ByteArrayInputStream(encoding.toArray())));
    }
    return List.copyOf(certificates);
  }

  /** The JDK honours constraints of an anchor only if they are told to it. */
  private static byte[] nameConstraints(X509Certificate certificate) {
    byte[] extension = certificate.getExtensionValue(NAME_CONSTRAINTS);
    return extension == null ? null : ASN1OctetString.getInstance(extension).getOctets();
  }

  Credential.TrustAnchors credential() {
    return credential;
  }

  Set<TrustAnchor> anchors() {
    return anchors;
  }

  boolean contains(X509Certificate certificate) {
    return certificates.contains(certificate);
  }

  /** Who has issued a certificate: the next one of its chain, or an anchor. */
  Optional<X509Certificate> issuer(X509Certificate certificate, Optional<X509Certificate> next) {
    return Stream.concat(next.stream(), certificates.stream())
        .filter(
            issuer -> issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
        .filter(issuer -> verifies(certificate, issuer))
        .findFirst();
  }

  private static boolean verifies(X509Certificate certificate, X509Certificate issuer) {
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Lists that an issuer has signed, fresh or not. */
  List<X509CRL> revocationLists(X509Certificate issuer) {
    return revocationLists.stream().filter(list -> verifies(list, issuer)).toList();
  }

  private static boolean verifies(X509CRL list, X509Certificate issuer) {
    try {
      if (!list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
        return false;
      }
      list.verify(issuer.getPublicKey());
      boolean[] usage = issuer.getKeyUsage();
      return usage == null || usage[6];
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Issuer of a list that should have been renewed; the name is harmless. */
  Optional<String> oldList(Instant now) {
    return revocationLists.stream()
        .filter(list -> list.getNextUpdate() != null)
        .filter(list -> now.isAfter(list.getNextUpdate().toInstant()))
        .map(list -> Words.shown(list.getIssuerX500Principal().getName()))
        .findFirst();
  }
}
