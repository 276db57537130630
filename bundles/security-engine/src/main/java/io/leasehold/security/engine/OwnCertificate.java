// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.engine;

import io.leasehold.net.Bytes;
import io.leasehold.security.Credential.CertificateChain;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** A certificate of ours, its key, and the one signature that they make. */
final class OwnCertificate {
  private static final int RSA_BITS = 2048;

  private final CertificateChain credential;
  private final AsymmetricKeyParameter key;
  private final int scheme;

  private OwnCertificate(CertificateChain credential, AsymmetricKeyParameter key, int scheme) {
    this.credential = credential;
    this.key = key;
    this.scheme = scheme;
  }

  /**
   * Reads the key.
   *
   * @throws IllegalArgumentException if it is none that can be used; the message says what can
   */
  static OwnCertificate of(CertificateChain credential) {
    if (credential.chain().isEmpty() || credential.chain().size() > Limits.CHAIN + 1) {
      throw new IllegalArgumentException(
          "credential '%s' has %d certificates; accepted are 1 to %d"
              .formatted(credential.name(), credential.chain().size(), Limits.CHAIN));
    }
    byte[] octets = credential.key().copy();
    try {
      AsymmetricKeyParameter key = PrivateKeyFactory.createKey(octets);
      return new OwnCertificate(credential, key, scheme(credential.name(), key));
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "key of credential '%s' cannot be used; accepted are ECDSA P-256 and P-384, Ed25519, and"
                  .formatted(credential.name())
              + " RSA of 2048 bits or more, in PKCS #8",
          e instanceof IllegalArgumentException ? e : null);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  private static int scheme(String name, AsymmetricKeyParameter key) {
    if (key instanceof ECPrivateKeyParameters ec) {
      int bits = ec.getParameters().getCurve().getFieldSize();
      if (bits == 256) {
        return SignatureScheme.ecdsa_secp256r1_sha256;
      }
      if (bits == 384) {
        return SignatureScheme.ecdsa_secp384r1_sha384;
      }
    }
    if (key instanceof Ed25519PrivateKeyParameters) {
      return SignatureScheme.ed25519;
    }
    if (key instanceof RSAKeyParameters rsa && rsa.getModulus().bitLength() >= RSA_BITS) {
      return SignatureScheme.rsa_pss_rsae_sha256;
    }
    throw new IllegalArgumentException("no key for signatures here: " + name);
  }

  CertificateChain credential() {
    return credential;
  }

  boolean isRsa() {
    return scheme == SignatureScheme.rsa_pss_rsae_sha256;
  }

  /** Whether the other side verifies signatures of this kind. */
  boolean isAccepted(Vector<?> algorithms) {
    return algorithms != null && algorithms.contains(algorithm());
  }

  private SignatureAndHashAlgorithm algorithm() {
    return SignatureScheme.getSignatureAndHashAlgorithm(scheme);
  }

  /**
   * What signs in a handshake.
   *
   * @param request context of the request for it (RFC 8446 section 4.3.2); empty for a server
   */
  TlsCredentialedSigner signer(TlsContext context, BcTlsCrypto crypto, byte[] request)
      throws IOException {
    ProtocolVersion version = context.getServerVersion();
    List<Bytes> chain = credential.chain();
    Certificate message;
    if (TlsUtils.isTLSv13(version)) {
      CertificateEntry[] entries = new CertificateEntry[chain.size()];
      for (int i = 0; i < entries.length; i++) {
        entries[i] = new CertificateEntry(crypto.createCertificate(chain.get(i).toArray()), null);
      }
      message = new Certificate(request, entries);
    } else {
      TlsCertificate[] certificates = new TlsCertificate[chain.size()];
      for (int i = 0; i < certificates.length; i++) {
        certificates[i] = crypto.createCertificate(chain.get(i).toArray());
      }
      message = new Certificate(certificates);
    }
    return new BcDefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context), crypto, key, message, algorithm());
  }
}
