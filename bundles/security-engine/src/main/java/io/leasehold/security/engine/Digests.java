// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.engine;

import io.leasehold.net.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.crypto.digests.SHA256Digest;

/** Digests by which certificates and keys are known. */
final class Digests {
  private Digests() {}

  /** SHA-256 of a certificate, in hex. */
  static String fingerprint(Bytes certificate) {
    return sha256(certificate.toArray()).toHex();
  }

  /** SHA-256 of the public key with its algorithm (SubjectPublicKeyInfo), as in RFC 7469. */
  static Bytes keyPin(Certificate certificate) {
    try {
      return sha256(certificate.getSubjectPublicKeyInfo().getEncoded());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Bytes sha256(byte[] octets) {
    SHA256Digest digest = new SHA256Digest();
    digest.update(octets, 0, octets.length);
    byte[] result = new byte[digest.getDigestSize()];
    digest.doFinal(result, 0);
    return Bytes.wrap(result);
  }
}
