// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.tls.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.ChannelEngine.State;
import io.leasehold.security.ChannelProfile;
import io.leasehold.security.ChannelProfile.PostQuantum;
import io.leasehold.security.ChannelProfile.Revocation;
import io.leasehold.security.ChannelSecurityProvider;
import io.leasehold.security.Credential.CertificateChain;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.security.ProfileRejectedException;
import io.leasehold.security.tls.osgi.TlsCertificates;
import io.leasehold.security.tls.osgi.TlsPreSharedKeys;
import io.leasehold.testkit.foreign.Commands;
import io.leasehold.testkit.foreign.ForeignPeer;
import io.leasehold.testkit.foreign.Pem;
import io.leasehold.testkit.security.SecurityWorld;
import io.leasehold.testkit.security.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Credentials of both ends, and what is done with every peer alike. */
abstract class InteropGround {
  static final String KEY = "8f3a6d0b57c1e94422a1bb3c7d5e6f90a1b2c3d4e5f60718293a4b5c6d7e8f01";
  static final String IDENTITY = "r17#1";
  static final PeerSelector PEER = PeerSelector.only("foreign", PeerRole.RELAY);

  @TempDir Path directory;

  final SecurityWorld world = new SecurityWorld();
  final TestAuthority authority = TestAuthority.root("lab authority");

  InteropGround() {
    // Foreign programs look at the real clock.
    world.pass(Duration.between(SecurityWorld.BEGIN, Instant.now()));
    world
        .withKey("new", "r17#2", Bytes.ofHex("ab".repeat(32)).toArray())
        .withKey("old", IDENTITY, Bytes.ofHex(KEY).toArray())
        .with(issue("own", "us.example"))
        .with(authority.trust("lab"))
        .withKeyPeer("keyed", PeerRole.RELAY, "new", "old")
        .withNamedPeer("foreign", PeerRole.RELAY, "foreign.example");
  }

  final CertificateChain issue(String name, String dnsName) {
    return issue(name, dnsName, TestAuthority.ecKeys("secp256r1"));
  }

  final CertificateChain issue(String name, String dnsName, KeyPair keys) {
    Instant now = world.clock().instant();
    return authority
        .issue()
        .dns(dnsName)
        .keys(keys)
        .valid(now.minusSeconds(86_400), now.plusSeconds(90 * 86_400L))
        .credential(name);
  }

  final ChannelEngine keys(
      HandshakeRole role, boolean tls12, PostQuantum pq, String... credentials) {
    PeerSelector keyed = PeerSelector.only("keyed", PeerRole.RELAY);
    return engine(
        new TlsPreSharedKeys(),
        role,
        profile("tls-psk", tls12, pq, List.of(credentials), "", tls12),
        keyed);
  }

  final ChannelEngine certificates(HandshakeRole role, boolean tls12, PostQuantum pq) {
    return certificates(role, tls12, pq, PEER);
  }

  final ChannelEngine certificates(
      HandshakeRole role, boolean tls12, PostQuantum pq, PeerSelector expected) {
    return engine(
        new TlsCertificates(),
        role,
        profile("tls-cert", tls12, pq, List.of("own"), "lab", false),
        expected);
  }

  private static ChannelProfile profile(
      String provider,
      boolean tls12,
      PostQuantum pq,
      List<String> credentials,
      String trust,
      boolean key12) {
    return new ChannelProfile(
        "lab",
        provider,
        tls12,
        pq,
        credentials,
        trust,
        Revocation.OFF,
        Duration.ofSeconds(10),
        key12 ? Map.of("credential.tls12", "old") : Map.of());
  }

  private ChannelEngine engine(
      ChannelSecurityProvider provider,
      HandshakeRole role,
      ChannelProfile profile,
      PeerSelector expected) {
    try {
      return provider.open(profile, world).newEngine(role, expected);
    } catch (ProfileRejectedException e) {
      throw new AssertionError(e);
    }
  }

  /** Lets a foreign client connect to an engine. */
  final SocketSide accept(ChannelEngine engine, Commands client) throws IOException {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      listening.setSoTimeout(10_000);
      client.startedWith(ForeignPeer.run(directory, client.command(listening.getLocalPort())));
      return new SocketSide(engine, listening.accept());
    }
  }

  /** Lets an engine connect to a foreign server. */
  final SocketSide connect(ChannelEngine engine, Commands server) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    ForeignPeer peer = ForeignPeer.run(directory, server.command(port));
    server.startedWith(peer);
    peer.waitFor(server.listening());
    return new SocketSide(engine, new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** Both ends hear each other, and this is what was negotiated. */
  static AuthenticatedPeer talk(SocketSide side, Commands peer) throws IOException {
    side.shakeHands();
    assertThat(side.engine().failure()).isEmpty();
    assertThat(side.engine().state()).as(peer.peer().output()).isEqualTo(State.ESTABLISHED);
    AuthenticatedPeer known = side.engine().peer().orElseThrow();
    side.say("we speak");
    peer.peer().waitFor("we speak");
    peer.peer().say("they speak");
    side.hear("they speak");
    assertThat(side.engine().state()).isEqualTo(State.ESTABLISHED);
    return known;
  }

  final Path pem(String name, CertificateChain credential) throws IOException {
    return Files.writeString(directory.resolve(name), Pem.of(credential));
  }

  final Path anchor() throws IOException {
    return Files.writeString(directory.resolve("ca.pem"), Pem.certificate(authority.certificate()));
  }
}
