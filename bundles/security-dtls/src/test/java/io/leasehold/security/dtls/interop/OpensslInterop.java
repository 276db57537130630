// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.dtls.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelEngine.State;
import io.leasehold.security.ChannelFactory;
import io.leasehold.security.ChannelProfile;
import io.leasehold.security.ChannelProfile.PostQuantum;
import io.leasehold.security.ChannelProfile.Revocation;
import io.leasehold.security.ChannelSecurityProvider;
import io.leasehold.security.CloseReason;
import io.leasehold.security.Credential.CertificateChain;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.security.ProfileRejectedException;
import io.leasehold.security.dtls.DtlsCertificates;
import io.leasehold.security.dtls.DtlsPreSharedKeys;
import io.leasehold.security.dtls.osgi.HandshakeThreads;
import io.leasehold.testkit.foreign.Commands;
import io.leasehold.testkit.foreign.ForeignPeer;
import io.leasehold.testkit.foreign.Pem;
import io.leasehold.testkit.security.SecurityWorld;
import io.leasehold.testkit.security.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** S-140 over datagrams, with {@code openssl s_client} and {@code s_server}. */
final class OpensslInterop {
  private static final String KEY =
      "8f3a6d0b57c1e94422a1bb3c7d5e6f90a1b2c3d4e5f60718293a4b5c6d7e8f01";
  private static final String IDENTITY = "r17#1";
  private static final String S_CLIENT = "openssl s_client -connect 127.0.0.1:PORT -nocommands";
  private static final String S_SERVER = "openssl s_server -accept 127.0.0.1:PORT -naccept 1";
  private static final String DTLS_12 = "-dtls1_2 -mtu 1280";
  private static final String KEY_SUITE = "-cipher ECDHE-PSK-CHACHA20-POLY1305";
  private static final PeerSelector KEYED = PeerSelector.only("keyed", PeerRole.RELAY);
  private static final PeerSelector NAMED = PeerSelector.only("foreign", PeerRole.RELAY);

  @TempDir Path directory;

  private final HandshakeThreads threads = new HandshakeThreads();
  private final SecurityWorld world = new SecurityWorld();
  private final TestAuthority authority = TestAuthority.root("lab authority");

  @BeforeEach
  void begin() {
    // Foreign programs look at the real clock.
    world.pass(Duration.between(SecurityWorld.BEGIN, Instant.now()));
    world
        .withKey("key", IDENTITY, Bytes.ofHex(KEY).toArray())
        .with(issue("own", "us.example", TestAuthority.ecKeys("secp256r1")))
        .with(authority.trust("lab"))
        .withKeyPeer("keyed", PeerRole.RELAY, "key")
        .withNamedPeer("foreign", PeerRole.RELAY, "foreign.example");
  }

  @AfterEach
  void end() {
    threads.close();
  }

  private CertificateChain issue(String name, String dnsName, KeyPair keys) {
    Instant now = world.clock().instant();
    return authority
        .issue()
        .dns(dnsName)
        .keys(keys)
        .valid(now.minusSeconds(86_400), now.plusSeconds(90 * 86_400L))
        .credential(name);
  }

  private ChannelFactory keys() {
    return factory(new DtlsPreSharedKeys(threads), "key", "");
  }

  private ChannelFactory certificates() {
    return factory(new DtlsCertificates(threads), "own", "lab");
  }

  private ChannelFactory factory(
      ChannelSecurityProvider provider, String credential, String trust) {
    ChannelProfile profile =
        new ChannelProfile(
            "lab",
            provider.name(),
            false,
            PostQuantum.PREFER,
            List.of(credential),
            trust,
            Revocation.OFF,
            Duration.ofSeconds(10),
            Map.of());
    try {
      return provider.open(profile, world);
    } catch (ProfileRejectedException e) {
      throw new AssertionError(e);
    }
  }

  private String theirs(KeyPair keys) throws IOException {
    Path pem =
        Files.writeString(
            directory.resolve("peer.pem"), Pem.of(issue("peer", "foreign.example", keys)));
    return "-cert %s -key %s -CAfile %s".formatted(pem, pem, anchor());
  }

  private String theirs() throws IOException {
    return theirs(TestAuthority.ecKeys("secp256r1"));
  }

  private Path anchor() throws IOException {
    return Files.writeString(directory.resolve("ca.pem"), Pem.certificate(authority.certificate()));
  }

  private static String key(String identity, String key) {
    return "-psk " + key + " -psk_identity " + identity;
  }

  /** Lets a foreign client connect; it asks twice, the second time with the cookie. */
  private DatagramSide accept(ChannelFactory factory, PeerSelector expected, Commands client)
      throws IOException {
    DatagramSide side = DatagramSide.listening();
    client.startedWith(ForeignPeer.run(directory, client.command(side.port())));
    assertThat(side.accept(factory, expected)).as(client.peer().output()).isEqualTo(2);
    return side.shakeHands();
  }

  private DatagramSide connect(ChannelFactory factory, PeerSelector expected, Commands server)
      throws IOException {
    int port;
    try (DatagramSide free = DatagramSide.listening()) {
      port = free.port();
    }
    ForeignPeer peer = ForeignPeer.run(directory, server.command(port));
    server.startedWith(peer);
    peer.waitFor(server.listening());
    return DatagramSide.connected(factory.newEngine(HandshakeRole.CLIENT, expected), port)
        .shakeHands();
  }

  /** Both ends hear each other, and this is what was negotiated. */
  private static AuthenticatedPeer talk(DatagramSide us, Commands peer) throws IOException {
    assertThat(us.engine().failure()).as(peer.peer().output()).isEmpty();
    assertThat(us.engine().state()).as(peer.peer().output()).isEqualTo(State.ESTABLISHED);
    AuthenticatedPeer known = us.engine().peer().orElseThrow();
    assertThat(known.facts().protocol()).isEqualTo("DTLSv1.2");
    assertThat(us.engine().assurance().forwardSecret()).isTrue();
    us.say("we speak");
    peer.peer().waitFor("we speak");
    peer.peer().say("they speak");
    us.hear("they speak");
    assertThat(us.engine().state()).isEqualTo(State.ESTABLISHED);
    us.engine().close(CloseReason.DONE);
    us.end();
    return known;
  }

  @Test
  void clientWithKey() throws IOException {
    try (Commands openssl = Commands.of("", S_CLIENT, DTLS_12, key(IDENTITY, KEY), KEY_SUITE);
        DatagramSide us = accept(keys(), KEYED, openssl)) {
      AuthenticatedPeer peer = talk(us, openssl);
      assertThat(peer.peerId()).isEqualTo("keyed");
      assertThat(peer.mechanism()).isEqualTo("dtls-psk");
      assertThat(peer.facts().cipherSuite())
          .isEqualTo("TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256");
      assertThat(peer.facts().credential()).isEqualTo("key");
    }
  }

  /** With {@code -listen} it asks us for a cookie. */
  @ParameterizedTest
  @ValueSource(strings = {"", " -listen"})
  void serverWithKey(String more) throws IOException {
    try (Commands openssl =
            Commands.of(
                "ACCEPT", S_SERVER, DTLS_12 + more, "-nocert", key(IDENTITY, KEY), KEY_SUITE);
        DatagramSide us = connect(keys(), KEYED, openssl)) {
      assertThat(talk(us, openssl).facts().credential()).isEqualTo("key");
    }
  }

  @ParameterizedTest
  @CsvSource({"EC, 256", "RSA, 2048", "Ed25519, 0"})
  void clientWithCertificate(String algorithm, int bits) throws IOException {
    try (Commands openssl =
            Commands.of("", S_CLIENT, DTLS_12, theirs(keyPair(algorithm, bits)), "-verify 3");
        DatagramSide us = accept(certificates(), NAMED, openssl)) {
      AuthenticatedPeer peer = talk(us, openssl);
      assertThat(peer.peerId()).isEqualTo("foreign");
      assertThat(peer.mechanism()).isEqualTo("dtls-cert");
      assertThat(peer.facts().cipherSuite()).isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
    }
  }

  private static KeyPair keyPair(String algorithm, int bits) {
    return algorithm.equals("EC")
        ? TestAuthority.ecKeys("secp256r1")
        : TestAuthority.keys(algorithm, bits);
  }

  @ParameterizedTest
  @CsvSource({
    "EC, 256, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, ''",
    "EC, 256, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, ' -listen'",
    "RSA, 2048, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, ''"
  })
  void serverWithCertificate(String algorithm, int bits, String suite, String more)
      throws IOException {
    String proof = theirs(keyPair(algorithm, bits)) + " -Verify 3 -verify_return_error";
    try (Commands openssl = Commands.of("ACCEPT", S_SERVER, DTLS_12 + more, proof);
        DatagramSide us = connect(certificates(), NAMED, openssl)) {
      AuthenticatedPeer peer = talk(us, openssl);
      assertThat(peer.facts().cipherSuite()).isEqualTo(suite);
      assertThat(peer.facts().credential()).isEqualTo("own");
    }
  }

  /** S-143: neither learns more than that nothing comes back. */
  @ParameterizedTest
  @ValueSource(strings = {IDENTITY, "nobody"})
  void aWrongKeyIsNotLetIn(String identity) throws IOException {
    try (Commands openssl =
            Commands.of("", S_CLIENT, DTLS_12, key(identity, "cd".repeat(32)), KEY_SUITE);
        DatagramSide us = DatagramSide.listening()) {
      openssl.startedWith(ForeignPeer.run(directory, openssl.command(us.port())));
      us.accept(keys(), KEYED);
      us.carryFor(Duration.ofSeconds(2));
      assertThat(us.engine().peer()).isEmpty();
      world.pass(Duration.ofSeconds(11));
      us.engine().onTimer();
      us.end();
      assertThat(us.engine().failure()).contains("has another key");
    }
  }

  /** S-144. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-dtls1 -cipher ALL:@SECLEVEL=0",
        "-dtls1_2 -cipher AES128-SHA:AES256-GCM-SHA384:@SECLEVEL=0",
        "-dtls1_2 -cipher ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES128-SHA256:@SECLEVEL=0",
        "-dtls1_2 -cipher eNULL:@SECLEVEL=0",
        "-dtls1_2 -cipher aNULL:@SECLEVEL=0"
      })
  void weakWaysAreRefused(String way) throws IOException {
    try (Commands openssl = Commands.of("", S_CLIENT, way, theirs());
        DatagramSide us = accept(certificates(), NAMED, openssl)) {
      assertThat(us.engine().state()).as(openssl.peer().output()).isEqualTo(State.FAILED);
      assertThat(us.engine().failure()).containsAnyOf("protocol_version", "handshake_failure");
      openssl.peer().waitFor("alert");
    }
  }

  @Test
  void aClientWithoutCertificateIsRefused() throws IOException {
    try (Commands openssl = Commands.of("", S_CLIENT, DTLS_12, "-CAfile " + anchor());
        DatagramSide us = accept(certificates(), NAMED, openssl)) {
      assertThat(us.engine().failure()).contains("sent no certificate");
      openssl.peer().waitFor("alert");
    }
  }

  @Test
  void aServerThatAsksForNoCertificateIsRefused() throws IOException {
    try (Commands openssl = Commands.of("ACCEPT", S_SERVER, DTLS_12, theirs());
        DatagramSide us = connect(certificates(), NAMED, openssl)) {
      assertThat(us.engine().failure()).contains("did not ask for our certificate");
    }
  }

  @Test
  void aServerOfAnotherNameIsRefused() throws IOException {
    world.withNamedPeer("foreign", PeerRole.RELAY, "other.example");
    try (Commands openssl = Commands.of("ACCEPT", S_SERVER, DTLS_12, theirs(), "-Verify 3");
        DatagramSide us = connect(certificates(), NAMED, openssl)) {
      assertThat(us.engine().state()).isEqualTo(State.FAILED);
      assertThat(us.engine().failure()).contains("foreign.example").doesNotContain("\n");
    }
  }
}
