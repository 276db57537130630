// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.foreign;

import io.leasehold.net.Bytes;
import io.leasehold.security.Credential.CertificateChain;
import java.util.Base64;

/** Certificates and keys as other programs read them (RFC 7468). */
public final class Pem {
  private Pem() {}

  /** The chain, and the private key behind it. */
  public static String of(CertificateChain credential) {
    StringBuilder text = new StringBuilder();
    for (Bytes each : credential.chain()) {
      text.append(certificate(each));
    }
    return text.append(block("PRIVATE KEY", credential.key().copy())).toString();
  }

  /** One certificate. */
  public static String certificate(Bytes encoded) {
    return block("CERTIFICATE", encoded.toArray());
  }

  private static String block(String kind, byte[] octets) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets), kind);
  }
}
