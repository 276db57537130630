// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.engine;

import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelFacts;
import io.leasehold.security.ChannelProfile;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.Peer;
import io.leasehold.security.PeerSelector;
import io.leasehold.security.SecurityServices;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.bouncycastle.tls.crypto.TlsECDomain;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.TlsAEADCipher;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * One handshake and what came of it. Who the peer is, is published when the handshake is complete
 * and never earlier: an identity is heard before it is proved. Confined to one thread at a time.
 */
public final class Handshake {
  private static final String UNKNOWN = "unknown";

  private final HandshakeRole role;
  private final Rules rules;
  private final ChannelProfile profile;
  private final PeerSelector expected;
  private final SecurityServices services;
  private final BcTlsCrypto crypto;
  private final List<TlsSecret> secrets = new ArrayList<>();

  private Optional<Proof> proof = Optional.empty();
  private Optional<AuthenticatedPeer> peer = Optional.empty();
  private Assurance assurance = Assurance.NONE;
  private int group12 = -1;
  private String claimed = "";
  private String nobody = "the peer did not prove who it is; both ends must authenticate";
  private String refusal = "";
  private short received = -1;
  private short raised = -1;
  private String failure = "";

  /** Who the peer has proved to be, with what of ours and what of its. */
  record Proof(Peer peer, String credential, String fingerprint) {}

  Handshake(
      HandshakeRole role,
      Rules rules,
      ChannelProfile profile,
      PeerSelector expected,
      SecurityServices services) {
    this.role = role;
    this.rules = rules;
    this.profile = profile;
    this.expected = expected;
    this.services = services;
    this.crypto = new Crypto();
  }

  /**
   * Notes the group of a key exchange below 1.3, which the library tells nobody, and leaves AES-GCM
   * to the Java machine.
   */
  private final class Crypto extends BcTlsCrypto {
    Crypto() {
      super(services.random());
    }

    @Override
    public TlsECDomain createECDomain(TlsECConfig config) {
      group12 = config.getNamedGroup();
      return super.createECDomain(config);
    }

    @Override
    protected TlsAEADCipher createCipher_AES_GCM(
        TlsCryptoParameters parameters, int keyOctets, int tagOctets) throws IOException {
      return RecordCipher.both(parameters, keyOctets, tagOctets);
    }
  }

  /** Who began. */
  public HandshakeRole role() {
    return role;
  }

  /** What the channel is configured as. */
  public ChannelProfile profile() {
    return profile;
  }

  /** What surrounds the provider. */
  public SecurityServices services() {
    return services;
  }

  Rules rules() {
    return rules;
  }

  PeerSelector expected() {
    return expected;
  }

  BcTlsCrypto crypto() {
    return crypto;
  }

  /** What is to be spoken; null if that is not said. */
  Vector<ProtocolName> protocolNames() {
    String name = expected.protocolName();
    return name.isEmpty() ? null : new Vector<>(List.of(ProtocolName.asUtf8Encoding(name)));
  }

  int timeoutMillis() {
    return (int) Math.min(Integer.MAX_VALUE, profile.handshakeTimeout().toMillis());
  }

  /** Makes a secret of these octets, which is erased when the handshake is over. */
  TlsSecret secret(byte[] octets) {
    TlsSecret secret = crypto.createSecret(octets);
    secrets.add(secret);
    return secret;
  }

  /** Notes whom the peer says to be, for people. */
  void claimed(String name) {
    claimed = Words.shown(name);
  }

  /** Notes who the peer is if the handshake completes; replaces what was noted before. */
  void provedIfComplete(Optional<Proof> noted) {
    proof = noted;
  }

  /** Notes which credential of ours was used, when that is known later than the peer. */
  void provedWith(String credential) {
    proof = proof.map(known -> new Proof(known.peer(), credential, known.fingerprint()));
  }

  /** Notes why nobody can be proved though all octets are right. */
  void nobody(String why) {
    proof = Optional.empty();
    nobody = why;
  }

  String claimed() {
    return claimed;
  }

  /** Ends the handshake with an alert for the peer and a line for people here. */
  TlsFatalAlert refuse(short alert, String line) {
    refusal = line;
    return new TlsFatalAlert(alert, line);
  }

  /** Notes that this side ended it for this reason; the alert that this caused says less. */
  public String gaveUp(String line) {
    refusal = refusal.isEmpty() ? line : refusal;
    return refusal;
  }

  void alertReceived(short level, short alert) {
    if (level == AlertLevel.fatal) {
      received = alert;
    }
  }

  void alertRaised(short level, short alert) {
    if (level == AlertLevel.fatal) {
      raised = alert;
    }
  }

  /** Publishes who the peer is, or ends the handshake if nobody has been proved. */
  void complete(SecurityParameters parameters) throws IOException {
    Proof proved = proof.orElseThrow(() -> refuse(AlertDescription.access_denied, nobody));
    if (!expected.accepts(proved.peer())) {
      throw refuse(AlertDescription.access_denied, Words.notExpected(proved.peer(), expected));
    }
    boolean is13 = Rules.is13(parameters.getNegotiatedVersion());
    int suite = parameters.getCipherSuite();
    int group12OrNone = Suites.isForwardSecret(suite) ? group12 : -1;
    int group = is13 ? parameters.getNegotiatedGroup() : group12OrNone;
    boolean hybrid = group >= 0 && Rules.isHybrid(group);
    ChannelFacts facts =
        new ChannelFacts(
            is13 ? "TLSv1.3" : rules.isStream() ? "TLSv1.2" : "DTLSv1.2",
            Suites.name(suite),
            group < 0 ? "" : NamedGroup.getName(group),
            proved.credential(),
            proved.fingerprint(),
            services.clock().instant());
    assurance = new Assurance(true, true, true, true, Suites.isForwardSecret(suite), hybrid);
    peer =
        Optional.of(
            new AuthenticatedPeer(
                proved.peer().id(), proved.peer().roles(), profile.provider(), facts));
    services.credentials().used(proved.credential());
    erase();
  }

  /** Whether the peer is known and octets may pass. */
  public boolean isComplete() {
    return peer.isPresent();
  }

  /** Who the peer is; empty until the handshake is complete. */
  public Optional<AuthenticatedPeer> peer() {
    return peer;
  }

  /** What the channel vouches for; nothing until the handshake is complete. */
  public Assurance assurance() {
    return assurance;
  }

  /**
   * Ends it by a fault: keeps one line about it, tells the audit, erases keys and forgets the peer.
   * The first fault counts.
   *
   * @param otherwise what to say if neither side has said why
   */
  public void fail(String otherwise) {
    if (failure.isEmpty()) {
      failure = Words.failure(this, otherwise);
      String subject =
          peer.map(AuthenticatedPeer::peerId)
              .or(() -> proof.map(proved -> proved.peer().id()))
              .orElse(claimed.isEmpty() ? UNKNOWN : claimed);
      String kind = peer.isPresent() ? "channel-failed" : "handshake-failed";
      if (peer.isEmpty() && !subject.equals(UNKNOWN) && !failure.contains(subject)) {
        failure += "; the peer says that it is " + subject;
      }
      services.audit().event(kind, subject, "channel " + profile.name() + ": " + failure);
      over();
    }
  }

  /** Ends it: erases keys and forgets the peer. */
  public void over() {
    erase();
    peer = Optional.empty();
    assurance = Assurance.NONE;
  }

  /** Why it failed; empty if it did not. */
  public String failure() {
    return failure;
  }

  /** What this side itself found wrong; empty if nothing. */
  String refusal() {
    return refusal;
  }

  /** Fatal alert of the peer; negative if there was none. */
  short received() {
    return received;
  }

  /** Fatal alert sent to the peer; negative if there was none. */
  short raised() {
    return raised;
  }

  private void erase() {
    secrets.forEach(TlsSecret::destroy);
    secrets.clear();
  }
}
