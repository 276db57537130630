// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.engine;

import io.leasehold.net.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Vector;
import java.util.stream.IntStream;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsUtils;

/** The side that was connected to, with certificates. */
final class CertificateServer extends ServerSide {
  private final CertificateMechanism mechanism;
  private final List<OwnCertificate> own;
  private String used = "";

  CertificateServer(Handshake handshake, CertificateMechanism mechanism, List<OwnCertificate> own) {
    super(handshake);
    this.mechanism = mechanism;
    this.own = own;
  }

  /** Below 1.3 a suite says what key the certificate has. */
  @Override
  protected int[] getSupportedCipherSuites() {
    return IntStream.of(super.getSupportedCipherSuites()).filter(this::isPossible).toArray();
  }

  private boolean isPossible(int suite) {
    return Suites.isTls13(suite)
        || own.stream().anyMatch(each -> each.isRsa() == Suites.wantsRsa(suite));
  }

  @Override
  public TlsCredentials getCredentials() throws IOException {
    Vector<?> algorithms = context.getSecurityParametersHandshake().getClientSigAlgs();
    int suite = context.getSecurityParametersHandshake().getCipherSuite();
    for (OwnCertificate each : own) {
      if (each.isAccepted(algorithms) && (is13() || each.isRsa() == Suites.wantsRsa(suite))) {
        used = each.credential().name();
        return each.signer(context, handshake().crypto(), TlsUtils.EMPTY_BYTES);
      }
    }
    throw handshake()
        .refuse(
            AlertDescription.handshake_failure,
            "the peer accepts no signature of our certificates; use an ECDSA P-256 key");
  }

  @Override
  public CertificateRequest getCertificateRequest() throws IOException {
    if (is13()) {
      return new CertificateRequest(
          TlsUtils.EMPTY_BYTES, Rules.signatures(), Rules.issuersSignatures(), null);
    }
    short[] types = {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign};
    return new CertificateRequest(types, Rules.signatures(), null);
  }

  @Override
  public void notifyClientCertificate(Certificate certificate) throws IOException {
    if (certificate == null || certificate.isEmpty()) {
      throw handshake()
          .refuse(
              is13() ? AlertDescription.certificate_required : AlertDescription.handshake_failure,
              "the peer sent no certificate; give it one that trust '%s' accepts"
                  .formatted(handshake().profile().trust()));
    }
    try {
      handshake()
          .provedIfComplete(
              Optional.of(
                  mechanism.judge(
                      handshake(), encodings(certificate), PathCheck.Use.CLIENT, used)));
    } catch (Rejection e) {
      throw handshake().refuse(e.alert(), e.getMessage());
    }
  }

  /** The certificates of a message, in DER. */
  static List<Bytes> encodings(Certificate message) throws IOException {
    List<Bytes> encodings = new ArrayList<>();
    for (int i = 0; i < message.getLength(); i++) {
      encodings.add(Bytes.wrap(message.getCertificateAt(i).getEncoded()));
    }
    return encodings;
  }
}
