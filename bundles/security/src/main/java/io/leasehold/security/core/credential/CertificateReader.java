// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.credential;

import io.leasehold.net.Bytes;
import io.leasehold.security.Credential;
import io.leasehold.security.Sanitizer;
import io.leasehold.security.Secret;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads certificates with their keys. */
final class CertificateReader {
  private static final int MAX_CHAIN = 5;

  private CertificateReader() {}

  /** A chain and its key in PKCS #8, which whoever has it overwrites. */
  private record Pair(List<X509Certificate> chain, byte[] key, String place) {}

  static Loaded read(CredentialSpec spec, SecretPlaces.Look look) throws CredentialFault {
    Reference key = spec.wanted("key");
    Pair pair =
        key.kind() == Reference.Kind.KEYSTORE
            ? ofKeyStore(spec, key, look)
            : ofFiles(spec.wanted("certificate"), key, look);
    try {
      return checked(spec.name(), pair);
    } catch (GeneralSecurityException e) {
      throw CredentialFault.inContent(
          pair.place + " holds a certificate that cannot be used: " + e);
    } finally {
      Arrays.fill(pair.key, (byte) 0);
    }
  }

  private static Loaded checked(String name, Pair pair)
      throws CredentialFault, GeneralSecurityException {
    List<X509Certificate> chain = pair.chain;
    if (chain.isEmpty() || chain.size() > MAX_CHAIN) {
      throw CredentialFault.inContent(
          "%s holds %d certificates; 1 to %d are accepted, the leaf first"
              .formatted(pair.place, chain.size(), MAX_CHAIN));
    }
    for (int i = 1; i < chain.size(); i++) {
      if (!chain
          .get(i - 1)
          .getIssuerX500Principal()
          .equals(chain.get(i).getSubjectX500Principal())) {
        throw CredentialFault.inContent(
            "%s: certificate %d did not issue the one before it; the leaf comes first, then each issuer"
                .formatted(pair.place, i + 1));
      }
    }
    X509Certificate leaf = chain.get(0);
    PrivateKeys.requireFits(pair.key, leaf.getPublicKey(), pair.place);
    List<Bytes> der = new ArrayList<>();
    List<byte[]> all = new ArrayList<>();
    for (X509Certificate each : chain) {
      all.add(each.getEncoded());
      der.add(Bytes.wrap(each.getEncoded()));
    }
    all.add(pair.key);
    String fingerprint = Digests.plain(leaf.getEncoded()).toHex();
    Instant notAfter = leaf.getNotAfter().toInstant();
    Credential credential =
        new Credential.CertificateChain(
            name, der, Secret.of(pair.key.clone()), notAfter, fingerprint);
    return new Loaded(
        credential,
        Digests.sha256(all.toArray(byte[][]::new)),
        "SHA-256 " + fingerprint + names(leaf),
        Optional.of(notAfter),
        remarks(leaf));
  }

  private static String names(X509Certificate leaf) throws CertificateParsingException {
    if (leaf.getSubjectAlternativeNames() == null) {
      return "";
    }
    List<String> names =
        leaf.getSubjectAlternativeNames().stream()
            .filter(name -> name.get(1) instanceof String)
            .map(name -> Sanitizer.line((String) name.get(1)))
            .toList();
    return ", " + String.join(" ", names);
  }

  private static List<String> remarks(X509Certificate leaf) throws CertificateParsingException {
    // RFC 9525 section 2: the common name is no name.
    return leaf.getSubjectAlternativeNames() == null
        ? List.of("the certificate bears no subject alternative name, so that no peer accepts it")
        : List.of();
  }

  private static Pair ofFiles(Reference certificate, Reference key, SecretPlaces.Look look)
      throws CredentialFault {
    List<X509Certificate> chain = certificates(look.open(certificate), certificate.toString());
    byte[] pkcs8 = null;
    try (Secret secret = look.secret(key)) {
      byte[] octets = secret.copy();
      if (Pem.isDer(octets)) {
        pkcs8 = octets;
      } else {
        for (Pem.Block block : Pem.blocks(octets, key.toString())) {
          byte[] found = PrivateKeys.pkcs8(block, key.toString());
          pkcs8 = pkcs8 == null ? found : pkcs8;
        }
        Arrays.fill(octets, (byte) 0);
      }
    }
    if (pkcs8 == null) {
      throw CredentialFault.inContent(key + " holds no private key in PEM or DER");
    }
    return new Pair(chain, pkcs8, certificate + " with " + key);
  }

  private static Pair ofKeyStore(CredentialSpec spec, Reference key, SecretPlaces.Look look)
      throws CredentialFault {
    char[] password = Passwords.of(spec, "keystore.password", look);
    try {
      KeyStore store = look.keyStore(key, password);
      Key found = store.getKey(key.alias(), password);
      Certificate[] chain = store.getCertificateChain(key.alias());
      if (found == null || chain == null) {
        throw CredentialFault.inContent(key + " is no key with a certificate");
      }
      List<X509Certificate> certificates = new ArrayList<>();
      for (Certificate each : chain) {
        certificates.add((X509Certificate) each);
      }
      return new Pair(certificates, found.getEncoded(), key.toString());
    } catch (GeneralSecurityException e) {
      throw CredentialFault.inContent(key + " cannot be opened with keystore.password");
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /** The certificates of a file in PEM or DER, in their order. */
  static List<X509Certificate> certificates(byte[] file, String place) throws CredentialFault {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      List<X509Certificate> found = new ArrayList<>();
      if (Pem.isDer(file)) {
        found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(file)));
        return found;
      }
      for (Pem.Block block : Pem.blocks(file, place)) {
        if (block.label().equals("CERTIFICATE")) {
          found.add(
              (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der())));
        }
      }
      if (found.isEmpty()) {
        throw CredentialFault.inContent(place + " holds no certificate in PEM or DER");
      }
      return found;
    } catch (GeneralSecurityException e) {
      throw CredentialFault.inContent(place + " holds a certificate that cannot be read");
    }
  }
}
