// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.engine;

import io.leasehold.security.ChannelProfile.Revocation;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.tls.AlertDescription;

/**
 * Judges a chain of certificates: path to a dedicated anchor (RFC 5280 section 6), time, strength,
 * use and revocation. Names are judged elsewhere. May be used from any thread.
 */
final class PathCheck {
  private static final int RSA_BITS = 2048;

  /** What a certificate is used for. */
  enum Use {
    /** By whoever connects. */
    CLIENT("1.3.6.1.5.5.7.3.2", "clientAuth"),
    /** By whoever is connected to. */
    SERVER("1.3.6.1.5.5.7.3.1", "serverAuth");

    private final String identifier;
    private final String word;

    Use(String identifier, String word) {
      this.identifier = identifier;
      this.word = word;
    }
  }

  private PathCheck() {}

  /** Time and strength, which hold for every certificate, pinned or not. */
  static void checkAlone(X509Certificate certificate, Instant now) throws Rejection {
    String name = name(certificate);
    if (now.isAfter(certificate.getNotAfter().toInstant())) {
      throw new Rejection(
          AlertDescription.certificate_expired,
          "certificate %s ended on %s; its owner needs a new one"
              .formatted(name, certificate.getNotAfter().toInstant()));
    }
    if (now.isBefore(certificate.getNotBefore().toInstant())) {
      throw new Rejection(
          AlertDescription.bad_certificate,
          "certificate %s begins on %s only; compare the clocks of both ends"
              .formatted(name, certificate.getNotBefore().toInstant()));
    }
    if (isWeak(certificate.getPublicKey())) {
      throw new Rejection(
          AlertDescription.insufficient_security,
          "certificate %s has an RSA key of less than %d bits; its owner needs a longer one"
              .formatted(name, RSA_BITS));
    }
  }

  private static boolean isWeak(PublicKey key) {
    return key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < RSA_BITS;
  }

  /**
   * Judges a chain.
   *
   * @param chain the leaf first, as the peer sent it
   * @return what is told though the chain is accepted, about lists that are missing or old
   */
  static List<String> check(
      List<X509Certificate> chain, Anchors anchors, Use use, Revocation revocation, Instant now)
      throws Rejection {
    List<X509Certificate> path = withoutAnchor(chain, anchors);
    for (X509Certificate certificate : path) {
      checkAlone(certificate, now);
      if (certificate.getSigAlgName().toUpperCase(Locale.ROOT).matches("(SHA1|MD[0-9]+).*")) {
        throw new Rejection(
            AlertDescription.bad_certificate,
            "certificate %s is signed with %s; its issuer must use SHA-256 or better"
                .formatted(name(certificate), Words.shown(certificate.getSigAlgName())));
      }
    }
    validate(path, anchors, now);
    checkUse(path.get(0), use);
    return revocation == Revocation.OFF
        ? List.of()
        : checkRevocation(path, anchors, revocation == Revocation.HARD, now);
  }

  private static List<X509Certificate> withoutAnchor(List<X509Certificate> chain, Anchors anchors) {
    int last = chain.size() - 1;
    return last > 0 && anchors.contains(chain.get(last)) ? chain.subList(0, last) : chain;
  }

  private static void validate(List<X509Certificate> path, Anchors anchors, Instant now)
      throws Rejection {
    try {
      PKIXParameters parameters = new PKIXParameters(anchors.anchors());
      parameters.setDate(Date.from(now));
      parameters.setRevocationEnabled(false);
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
    } catch (CertPathValidatorException e) {
      throw rejection(e, path, anchors);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new Rejection(
          AlertDescription.bad_certificate,
          "certificate %s cannot be judged; its owner needs another one"
              .formatted(name(path.get(0))));
    }
  }

  private static Rejection rejection(
      CertPathValidatorException e, List<X509Certificate> path, Anchors anchors) {
    X509Certificate certificate = path.get(Math.max(0, Math.min(e.getIndex(), path.size() - 1)));
    if (e.getReason() == PKIXReason.NO_TRUST_ANCHOR) {
      X509Certificate last = path.get(path.size() - 1);
      return new Rejection(
          AlertDescription.unknown_ca,
          "certificate %s was issued by '%s', whom trust '%s' does not name; add the issuer in %s"
              .formatted(
                  name(path.get(0)),
                  Words.shown(last.getIssuerX500Principal().getName()),
                  anchors.credential().name(),
                  Words.credentialFile(anchors.credential().name())));
    }
    short alert =
        e.getReason() == BasicReason.ALGORITHM_CONSTRAINED
            ? AlertDescription.insufficient_security
            : AlertDescription.bad_certificate;
    return new Rejection(
        alert,
        "certificate %s is not acceptable (%s); its issuer must correct it"
            .formatted(name(certificate), Words.shown(e.getMessage())));
  }

  private static void checkUse(X509Certificate leaf, Use use) throws Rejection {
    boolean[] usage = leaf.getKeyUsage();
    if (usage == null || !usage[0]) {
      throw new Rejection(
          AlertDescription.unsupported_certificate,
          "certificate %s is not for digitalSignature; its issuer must add that key usage"
              .formatted(name(leaf)));
    }
    try {
      List<String> extended = leaf.getExtendedKeyUsage();
      if (extended == null || !extended.contains(use.identifier)) {
        throw new Rejection(
            AlertDescription.unsupported_certificate,
            "certificate %s is not for %s; its issuer must add that extended key usage"
                .formatted(name(leaf), use.word));
      }
    } catch (CertificateParsingException e) {
      throw new Rejection(
          AlertDescription.bad_certificate,
          "certificate %s has an extended key usage that cannot be read".formatted(name(leaf)));
    }
  }

  private static List<String> checkRevocation(
      List<X509Certificate> path, Anchors anchors, boolean hard, Instant now) throws Rejection {
    List<String> told = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      X509Certificate certificate = path.get(i);
      Optional<X509Certificate> next =
          i + 1 < path.size() ? Optional.of(path.get(i + 1)) : Optional.empty();
      Optional<X509Certificate> issuer = anchors.issuer(certificate, next);
      List<X509CRL> lists = issuer.map(anchors::revocationLists).orElse(List.of());
      if (lists.stream().anyMatch(list -> list.isRevoked(certificate))) {
        throw new Rejection(
            AlertDescription.certificate_revoked,
            "certificate %s was revoked by its issuer; its owner needs a new one"
                .formatted(name(certificate)));
      }
      if (lists.stream().noneMatch(list -> isFresh(list, now))) {
        String line =
            "no fresh revocation list of '%s' for certificate %s; renew the list in %s"
                .formatted(
                    Words.shown(certificate.getIssuerX500Principal().getName()),
                    name(certificate),
                    Words.credentialFile(anchors.credential().name()));
        if (hard) {
          throw new Rejection(AlertDescription.certificate_unknown, line);
        }
        told.add(line);
      }
    }
    return told;
  }

  /** A list that covers part of the certificates only (critical extensions) proves nothing. */
  private static boolean isFresh(X509CRL list, Instant now) {
    return !list.hasUnsupportedCriticalExtension()
        && (list.getCriticalExtensionOIDs() == null || list.getCriticalExtensionOIDs().isEmpty())
        && !now.isBefore(list.getThisUpdate().toInstant())
        && list.getNextUpdate() != null
        && !now.isAfter(list.getNextUpdate().toInstant());
  }

  /** A certificate for people. */
  static String name(X509Certificate certificate) {
    return "'" + Words.shown(certificate.getSubjectX500Principal().getName()) + "'";
  }
}
