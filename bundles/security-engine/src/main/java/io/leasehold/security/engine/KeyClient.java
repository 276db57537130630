// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.engine;

import io.leasehold.net.Bytes;
import io.leasehold.security.Credential.PreSharedKey;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Vector;
import java.util.stream.IntStream;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.BasicTlsPSKExternal;
import org.bouncycastle.tls.PRFAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsPSK;
import org.bouncycastle.tls.TlsPSKExternal;
import org.bouncycastle.tls.TlsPSKIdentity;
import org.bouncycastle.tls.crypto.TlsSecret;

/** The side that connects, with pre-shared keys. */
final class KeyClient extends ClientSide {
  private final KeyMechanism mechanism;
  private final List<PreSharedKey> keys13;
  private final Optional<PreSharedKey> key12;

  KeyClient(Handshake handshake, KeyMechanism mechanism, List<PreSharedKey> keys) {
    super(handshake);
    this.mechanism = mechanism;
    this.keys13 = keys.stream().filter(mechanism::isFor13).limit(Limits.IDENTITIES).toList();
    this.key12 = keys.stream().filter(mechanism::isFor12).findFirst();
  }

  /** Only versions for which there is a key. */
  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return Arrays.stream(super.getSupportedVersions())
        .filter(version -> Rules.is13(version) ? !keys13.isEmpty() : key12.isPresent())
        .toArray(ProtocolVersion[]::new);
  }

  /** A key is bound to its hash, and a suite has one hash. */
  @Override
  protected int[] getSupportedCipherSuites() {
    return IntStream.of(super.getSupportedCipherSuites())
        .filter(
            suite ->
                Suites.isTls13(suite)
                    ? keys13.stream().anyMatch(key -> key.sha384() == Suites.isSha384(suite))
                    : key12.filter(key -> key.sha384() == Suites.isSha384(suite)).isPresent())
        .toArray();
  }

  @Override
  public Vector<TlsPSKExternal> getExternalPSKs() {
    Vector<TlsPSKExternal> offered = new Vector<>();
    for (PreSharedKey key : keys13) {
      offered.add(
          new BasicTlsPSKExternal(key.identity().toArray(), secret(key), prf(key.sha384())));
    }
    return offered;
  }

  private TlsSecret secret(PreSharedKey key) {
    byte[] octets = key.key().copy();
    try {
      return handshake().secret(octets);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  static int prf(boolean sha384) {
    return sha384 ? PRFAlgorithm.tls13_hkdf_sha384 : PRFAlgorithm.tls13_hkdf_sha256;
  }

  @Override
  public void notifySelectedPSK(TlsPSK selected) throws IOException {
    if (selected == null) {
      throw handshake()
          .refuse(
              AlertDescription.handshake_failure,
              "the peer took none of our pre-shared keys; compare the identities on both ends");
    }
    Bytes identity = Bytes.copyOf(selected.getIdentity());
    prove(keys13.stream().filter(key -> key.identity().equals(identity)).findFirst());
  }

  private void prove(Optional<PreSharedKey> key) {
    handshake()
        .provedIfComplete(
            key.flatMap(
                known ->
                    mechanism
                        .peer(known)
                        .map(peer -> new Handshake.Proof(peer, known.name(), known.name()))));
  }

  @Override
  public TlsAuthentication getAuthentication() throws IOException {
    throw handshake()
        .refuse(
            AlertDescription.unexpected_message,
            "the peer proves itself by a certificate; here it is by a pre-shared key");
  }

  @Override
  public TlsPSKIdentity getPSKIdentity() {
    return new Identity12();
  }

  /** The one identity that fits below 1.3. */
  private final class Identity12 implements TlsPSKIdentity {
    @Override
    public void skipIdentityHint() {
      prove(key12);
    }

    @Override
    public void notifyIdentityHint(byte[] hint) {
      // RFC 4279 section 5.2: a hint may be ignored.
      prove(key12);
    }

    @Override
    public byte[] getPSKIdentity() {
      return key12.orElseThrow().identity().toArray();
    }

    @Override
    public byte[] getPSK() {
      return key12.orElseThrow().key().copy();
    }
  }
}
