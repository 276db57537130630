// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.engine;

import io.leasehold.net.Bytes;
import io.leasehold.security.Credential.PreSharedKey;
import io.leasehold.security.Peer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.Vector;
import java.util.stream.IntStream;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.BasicTlsPSKExternal;
import org.bouncycastle.tls.PskIdentity;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsPSKExternal;
import org.bouncycastle.tls.TlsPSKIdentityManager;

/**
 * The side that was connected to, with pre-shared keys. An identity that nobody has fails as a
 * wrong key does, with the same alert and after the same work: who asks learns of no identity.
 */
final class KeyServer extends ServerSide implements TlsPSKIdentityManager {
  private final KeyMechanism mechanism;
  private Optional<PreSharedKey> selected = Optional.empty();
  private boolean offered;

  KeyServer(Handshake handshake, KeyMechanism mechanism) {
    super(handshake);
    this.mechanism = mechanism;
  }

  @Override
  public TlsPSKExternal getExternalPSK(@SuppressWarnings("rawtypes") Vector offeredIdentities) {
    List<Bytes> identities = new ArrayList<>();
    for (Object each : offeredIdentities) {
      byte[] identity = ((PskIdentity) each).getIdentity();
      if (identities.size() < Limits.IDENTITIES && identity.length <= Limits.IDENTITY_OCTETS) {
        identities.add(Bytes.wrap(identity));
      }
    }
    offered = true;
    select(identities, mechanism.find(identities, key -> mechanism.isFor13(key) && hasSuite(key)));
    Bytes answered =
        selected
            .map(PreSharedKey::identity)
            .orElseGet(() -> Bytes.copyOf(((PskIdentity) offeredIdentities.get(0)).getIdentity()));
    return new BasicTlsPSKExternal(
        answered.toArray(),
        handshake().secret(keyOrNobodys()),
        KeyClient.prf(selected.filter(PreSharedKey::sha384).isPresent()));
  }

  private boolean hasSuite(PreSharedKey key) {
    return Suites.ofHash(handshake().rules().suites(), key.sha384()).length > 0
        && IntStream.of(offeredCipherSuites)
            .anyMatch(suite -> Suites.isTls13(suite) && Suites.isSha384(suite) == key.sha384());
  }

  private void select(List<Bytes> identities, Optional<PreSharedKey> key) {
    selected = key;
    handshake().claimed(identities.isEmpty() ? "" : identities.get(0).toUtf8());
    Optional<Peer> peer = key.flatMap(mechanism::peer);
    if (key.isPresent() && peer.isEmpty()) {
      handshake().nobody(mechanism.whyNobody(key.get()));
    } else {
      handshake()
          .provedIfComplete(
              peer.map(known -> new Handshake.Proof(known, key.get().name(), key.get().name())));
    }
  }

  private byte[] keyOrNobodys() {
    byte[] nobodys = mechanism.keyOfNobody();
    return selected.map(key -> key.key().copy()).orElse(nobodys);
  }

  @Override
  @SuppressWarnings("rawtypes")
  public void processClientExtensions(Hashtable clientExtensions) throws IOException {
    if (is13() && !offered) {
      throw handshake()
          .refuse(
              AlertDescription.handshake_failure,
              "the peer offered no pre-shared key with key exchange; give it one, or use tls-cert");
    }
    super.processClientExtensions(clientExtensions);
  }

  /** The suite must have the hash of the key that was selected. */
  @Override
  public int getSelectedCipherSuite() throws IOException {
    if (is13()) {
      boolean sha384 = selected.filter(PreSharedKey::sha384).isPresent();
      cipherSuites = Suites.ofHash(handshake().rules().suites(), sha384);
    }
    return super.getSelectedCipherSuite();
  }

  @Override
  public TlsCredentials getCredentials() {
    return null;
  }

  @Override
  public TlsPSKIdentityManager getPSKIdentityManager() {
    return this;
  }

  @Override
  public byte[] getHint() {
    return null;
  }

  @Override
  public byte[] getPSK(byte[] identity) {
    List<Bytes> identities =
        identity.length <= Limits.IDENTITY_OCTETS ? List.of(Bytes.copyOf(identity)) : List.of();
    boolean sha384 = Suites.isSha384(context.getSecurityParametersHandshake().getCipherSuite());
    select(
        identities,
        mechanism.find(identities, key -> mechanism.isFor12(key) && key.sha384() == sha384));
    return keyOrNobodys();
  }
}
