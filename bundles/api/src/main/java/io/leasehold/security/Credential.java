// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import io.leasehold.net.Bytes;
import java.time.Instant;
import java.util.List;

/**
 * What proves who somebody is. A version: a changed credential is a new object of the same name.
 */
public sealed interface Credential {
  /** Name in the configuration. */
  String name();

  /**
   * A certificate and its key.
   *
   * @param chain certificates in DER, the leaf first
   * @param key private key in PKCS #8 DER
   * @param notAfter end of the validity of the leaf
   * @param fingerprint SHA-256 of the leaf in hex
   */
  record CertificateChain(
      String name, List<Bytes> chain, Secret key, Instant notAfter, String fingerprint)
      implements Credential {
    /** Copies the chain. */
    public CertificateChain {
      chain = List.copyOf(chain);
    }
  }

  /**
   * A pre-shared key, for one pair of peers and one family of versions (RFC 9257).
   *
   * @param identity by which it is found, at most 128 octets
   * @param key at least 16 octets
   * @param sha384 whether its hash is SHA-384; else SHA-256
   */
  record PreSharedKey(String name, Bytes identity, Secret key, boolean sha384)
      implements Credential {}

  /**
   * Whose certificates are accepted.
   *
   * @param anchors certificates in DER
   * @param revocationLists in DER, as fresh as they could be had
   */
  record TrustAnchors(String name, List<Bytes> anchors, List<Bytes> revocationLists)
      implements Credential {
    /** Copies the lists. */
    public TrustAnchors {
      anchors = List.copyOf(anchors);
      revocationLists = List.copyOf(revocationLists);
    }
  }
}
