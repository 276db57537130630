// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.NameType;
import org.bouncycastle.tls.ServerName;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;

/** The side that connects, with certificates. */
final class CertificateClient extends ClientSide implements TlsAuthentication {
  private final CertificateMechanism mechanism;
  private final List<OwnCertificate> own;
  private boolean asked;

  CertificateClient(Handshake handshake, CertificateMechanism mechanism, List<OwnCertificate> own) {
    super(handshake);
    this.mechanism = mechanism;
    this.own = own;
  }

  /** RFC 9325 section 3.7: by which name the server is known here, if it has one to connect to. */
  @Override
  @SuppressWarnings("rawtypes")
  protected Vector getSNIServerNames() {
    return mechanism
        .dnsName(handshake().expected())
        .map(name -> new ServerName(NameType.host_name, name.getBytes(StandardCharsets.US_ASCII)))
        .map(name -> new Vector<>(List.of(name)))
        .orElse(null);
  }

  @Override
  public TlsAuthentication getAuthentication() {
    return this;
  }

  @Override
  public void notifyServerCertificate(TlsServerCertificate certificate) throws IOException {
    try {
      handshake()
          .provedIfComplete(
              Optional.of(
                  mechanism.judge(
                      handshake(),
                      CertificateServer.encodings(certificate.getCertificate()),
                      PathCheck.Use.SERVER,
                      own.get(0).credential().name())));
    } catch (Rejection e) {
      throw handshake().refuse(e.alert(), e.getMessage());
    }
  }

  @Override
  public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
    asked = true;
    Vector<?> algorithms = request.getSupportedSignatureAlgorithms();
    for (OwnCertificate each : own) {
      if (each.isAccepted(algorithms)) {
        handshake().provedWith(each.credential().name());
        byte[] context = request.getCertificateRequestContext();
        return each.signer(
            this.context, handshake().crypto(), context == null ? TlsUtils.EMPTY_BYTES : context);
      }
    }
    throw handshake()
        .refuse(
            AlertDescription.handshake_failure,
            "the peer accepts no signature of our certificates; use an ECDSA P-256 key");
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    if (!asked) {
      throw handshake()
          .refuse(
              AlertDescription.handshake_failure,
              "the peer did not ask for our certificate; both ends must authenticate");
    }
    super.notifyHandshakeComplete();
  }
}
