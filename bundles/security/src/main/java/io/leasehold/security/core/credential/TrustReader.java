// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.credential;

import io.leasehold.net.Bytes;
import io.leasehold.security.Credential;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CRLException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads whom to trust: certificates of issuers, and their lists of revoked certificates. */
final class TrustReader {
  private TrustReader() {}

  static Loaded read(CredentialSpec spec, SecretPlaces.Look look, Instant now)
      throws CredentialFault {
    spec.wanted("anchors");
    Set<Bytes> anchors = new LinkedHashSet<>();
    Instant first = null;
    for (Reference reference : Reference.list("anchors", spec.values().get("anchors"))) {
      for (X509Certificate each : anchors(spec, reference, look)) {
        anchors.add(encoded(each, reference));
        Instant end = each.getNotAfter().toInstant();
        first = first == null || end.isBefore(first) ? end : first;
      }
    }
    List<String> remarks = new ArrayList<>();
    Set<Bytes> lists = new LinkedHashSet<>();
    if (spec.values().containsKey("crls")) {
      for (Reference reference : Reference.list("crls", spec.values().get("crls"))) {
        lists.addAll(lists(look.open(reference), reference.toString(), now, remarks));
      }
    }
    List<byte[]> all = new ArrayList<>();
    anchors.forEach(each -> all.add(each.toArray()));
    all.add(new byte[0]);
    lists.forEach(each -> all.add(each.toArray()));
    Credential credential =
        new Credential.TrustAnchors(spec.name(), List.copyOf(anchors), List.copyOf(lists));
    String detail = "%d anchors, %d revocation lists".formatted(anchors.size(), lists.size());
    return new Loaded(
        credential,
        Digests.sha256(all.toArray(byte[][]::new)),
        detail,
        Optional.ofNullable(first),
        remarks);
  }

  private static List<X509Certificate> anchors(
      CredentialSpec spec, Reference reference, SecretPlaces.Look look) throws CredentialFault {
    if (reference.kind() != Reference.Kind.KEYSTORE) {
      return CertificateReader.certificates(look.open(reference), reference.toString());
    }
    char[] password = Passwords.of(spec, "keystore.password", look);
    try {
      KeyStore store = look.keyStore(reference, password);
      List<X509Certificate> found = new ArrayList<>();
      for (String alias : Collections.list(store.aliases())) {
        boolean wanted = reference.alias().isEmpty() || reference.alias().equals(alias);
        if (wanted && store.isCertificateEntry(alias)) {
          found.add((X509Certificate) store.getCertificate(alias));
        }
      }
      if (found.isEmpty()) {
        throw CredentialFault.inContent(reference + " holds no trusted certificate");
      }
      return found;
    } catch (GeneralSecurityException e) {
      throw CredentialFault.inContent(reference + " cannot be opened with keystore.password");
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private static List<Bytes> lists(byte[] file, String place, Instant now, List<String> remarks)
      throws CredentialFault {
    List<Bytes> lists = new ArrayList<>();
    if (Pem.isDer(file)) {
      lists.add(list(file, place, now, remarks));
      return lists;
    }
    for (Pem.Block block : Pem.blocks(file, place)) {
      if (block.label().equals("X509 CRL")) {
        lists.add(list(block.der(), place, now, remarks));
      }
    }
    if (lists.isEmpty()) {
      throw CredentialFault.inContent(place + " holds no revocation list in PEM or DER");
    }
    return lists;
  }

  private static Bytes list(byte[] der, String place, Instant now, List<String> remarks)
      throws CredentialFault {
    X509CRL list = crl(Bytes.wrap(der), place);
    if (list.getNextUpdate() == null || list.getNextUpdate().toInstant().isBefore(now)) {
      remarks.add(
          "%s should have been replaced (next update %s)".formatted(place, list.getNextUpdate()));
    }
    return Bytes.wrap(der);
  }

  /** A revocation list as the JDK knows it. */
  static X509CRL crl(Bytes der, String place) throws CredentialFault {
    try {
      return (X509CRL)
          CertificateFactory.getInstance("X.509")
              .generateCRL(new ByteArrayInputStream(der.toArray()));
    } catch (CRLException | java.security.cert.CertificateException e) {
      throw CredentialFault.inContent(place + " holds a revocation list that cannot be read");
    }
  }

  private static Bytes encoded(X509Certificate certificate, Reference reference)
      throws CredentialFault {
    try {
      return Bytes.wrap(certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw CredentialFault.inContent(reference + " holds a certificate that cannot be written");
    }
  }
}
