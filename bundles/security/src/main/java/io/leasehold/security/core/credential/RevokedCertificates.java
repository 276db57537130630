// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.credential;

import io.leasehold.net.Bytes;
import io.leasehold.security.Credential;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.util.HashSet;
import java.util.Set;

/** What the revocation lists of trust anchors hold. */
public final class RevokedCertificates {
  private RevokedCertificates() {}

  /** Issuer and serial number of each, as octets that can be compared. */
  public static Set<Bytes> of(Credential.TrustAnchors trust) {
    Set<Bytes> revoked = new HashSet<>();
    for (Bytes der : trust.revocationLists()) {
      try {
        X509CRL list = TrustReader.crl(der, trust.name());
        Set<? extends X509CRLEntry> entries = list.getRevokedCertificates();
        if (entries != null) {
          byte[] issuer = list.getIssuerX500Principal().getEncoded();
          entries.forEach(
              each -> revoked.add(Digests.sha256(issuer, each.getSerialNumber().toByteArray())));
        }
      } catch (CredentialFault e) {
        throw new IllegalStateException(e); // it was read before it became part of the anchors
      }
    }
    return revoked;
  }
}
