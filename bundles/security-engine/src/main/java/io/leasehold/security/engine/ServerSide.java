// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.engine;

import java.io.IOException;
import java.util.Vector;
import java.util.stream.IntStream;
import org.bouncycastle.tls.AbstractTlsServer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;

/**
 * The side that was connected to, however it proves who it is. Its own order of versions, suites
 * and groups counts. No resumption, no early data, no renegotiation, no stapled status; the
 * extended master secret is required below 1.3.
 */
abstract class ServerSide extends AbstractTlsServer {
  private final Handshake handshake;

  ServerSide(Handshake handshake) {
    super(handshake.crypto());
    this.handshake = handshake;
  }

  final Handshake handshake() {
    return handshake;
  }

  /** Whether the version is 1.3, as negotiated; over datagrams it never is. */
  final boolean is13() {
    return handshake.rules().isStream() && TlsUtils.isTLSv13(context);
  }

  @Override
  protected final ProtocolVersion[] getSupportedVersions() {
    return handshake.rules().versions();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return handshake.rules().suites();
  }

  @Override
  public final ProtocolVersion getServerVersion() throws IOException {
    ProtocolVersion[] offered = context.getClientSupportedVersions();
    for (ProtocolVersion version : getProtocolVersions()) {
      if (ProtocolVersion.contains(offered, version)) {
        return version;
      }
    }
    throw new TlsFatalAlert(AlertDescription.protocol_version);
  }

  @Override
  public final int[] getSupportedGroups() {
    return handshake.rules().groups();
  }

  @Override
  public final boolean preferLocalSupportedGroups() {
    return true;
  }

  @Override
  protected final boolean preferLocalCipherSuites() {
    return true;
  }

  @Override
  protected final int getMaximumNegotiableCurveBits() {
    // Below 1.3 the library would take every curve that the client names.
    int group = selectECDH(0);
    return group < 0 ? 0 : NamedGroup.getCurveBits(group);
  }

  @Override
  protected final int selectECDH(int minimumCurveBits) {
    int[] offered = context.getSecurityParametersHandshake().getClientSupportedGroups();
    return IntStream.of(handshake.rules().groups())
        .filter(own -> !Rules.isHybrid(own))
        .filter(own -> offered == null || IntStream.of(offered).anyMatch(o -> o == own))
        .findFirst()
        .orElse(-1);
  }

  @Override
  protected final Vector<ProtocolName> getProtocolNames() {
    return handshake.protocolNames();
  }

  @Override
  protected final boolean allowCertificateStatus() {
    return false;
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
  public final void notifyHandshakeComplete() throws IOException {
    handshake.complete(context.getSecurityParametersConnection());
  }
}
