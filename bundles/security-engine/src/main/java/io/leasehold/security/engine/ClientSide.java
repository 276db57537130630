// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.engine;

import java.io.IOException;
import java.util.Vector;
import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.CertificateStatusRequest;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;

/**
 * The side that connects, however it proves who it is. No resumption, no early data, no
 * renegotiation, no stapled status; the extended master secret is required below 1.3.
 */
abstract class ClientSide extends AbstractTlsClient {
  private final Handshake handshake;

  ClientSide(Handshake handshake) {
    super(handshake.crypto());
    this.handshake = handshake;
  }

  final Handshake handshake() {
    return handshake;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return handshake.rules().versions();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return handshake.rules().suites();
  }

  @Override
  protected final Vector<Integer> getSupportedGroups(
      @SuppressWarnings("rawtypes") Vector namedGroupRoles) {
    return numbers(handshake.rules().groups());
  }

  @Override
  public final Vector<Integer> getEarlyKeyShareGroups() {
    return numbers(handshake.rules().earlyGroups());
  }

  private static Vector<Integer> numbers(int[] values) {
    Vector<Integer> numbers = new Vector<>();
    for (int value : values) {
      numbers.add(value);
    }
    return numbers;
  }

  @Override
  protected final Vector<SignatureAndHashAlgorithm> getSupportedSignatureAlgorithms() {
    return Rules.signatures();
  }

  @Override
  protected final Vector<SignatureAndHashAlgorithm> getSupportedSignatureAlgorithmsCert() {
    return Rules.issuersSignatures();
  }

  @Override
  protected final Vector<ProtocolName> getProtocolNames() {
    return handshake.protocolNames();
  }

  @Override
  protected final CertificateStatusRequest getCertificateStatusRequest() {
    // Stapled responses are looked at nowhere, so they are not asked for.
    return null;
  }

  @Override
  public final int getHandshakeTimeoutMillis() {
    return handshake.timeoutMillis();
  }

  @Override
  public final int getMaxCertificateChainLength() {
    return Limits.CHAIN;
  }

  @Override
  public final int getMaxHandshakeMessageSize() {
    return Limits.HANDSHAKE_MESSAGE_OCTETS;
  }

  @Override
  public final boolean requiresExtendedMasterSecret() {
    return true;
  }

  @Override
  public final void notifyAlertRaised(short level, short alert, String message, Throwable cause) {
    handshake.alertRaised(level, alert);
  }

  @Override
  public final void notifyAlertReceived(short level, short alert) {
    handshake.alertReceived(level, alert);
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    handshake.complete(context.getSecurityParametersConnection());
  }
}
