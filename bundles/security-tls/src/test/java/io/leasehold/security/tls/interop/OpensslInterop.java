// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.tls.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelEngine.State;
import io.leasehold.security.ChannelProfile.PostQuantum;
import io.leasehold.security.HandshakeRole;
import io.leasehold.testkit.foreign.Commands;
import io.leasehold.testkit.security.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** S-140 with {@code openssl s_client} and {@code s_server}. */
final class OpensslInterop extends InteropGround {
  private static final String S_CLIENT = "openssl s_client -connect 127.0.0.1:PORT -nocommands";
  private static final String S_SERVER = "openssl s_server -accept 127.0.0.1:PORT -naccept 1";

  private Commands client(Object... more) {
    return Commands.of("", S_CLIENT, join(more));
  }

  private Commands server(Object... more) {
    return Commands.of("ACCEPT", S_SERVER, join(more));
  }

  private static String join(Object... words) {
    StringBuilder line = new StringBuilder();
    for (Object word : words) {
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    return line.toString();
  }

  private static String key(String identity, String key) {
    return "-psk " + key + " -psk_identity " + identity;
  }

  private Object theirs() throws IOException {
    Path pem = pem("peer.pem", issue("peer", "foreign.example"));
    return join("-cert", pem, "-key", pem, "-CAfile", anchor());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256"})
  void clientWithKeyOver13(String suite) throws IOException {
    try (Commands openssl = client("-tls1_3", key(IDENTITY, KEY), "-ciphersuites", suite);
        SocketSide us = accept(keys(HandshakeRole.SERVER, false, PostQuantum.PREFER), openssl)) {
      AuthenticatedPeer peer = talk(us, openssl);
      assertThat(peer.peerId()).isEqualTo("keyed");
      assertThat(peer.facts().cipherSuite()).isEqualTo(suite);
      assertThat(peer.facts().group()).isEqualTo("x25519");
      assertThat(peer.facts().credential()).isEqualTo("old");
    }
  }

  /** The server knows the old key only, and the client offers both, the newest first. */
  @ParameterizedTest
  @ValueSource(strings = {"TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256"})
  void serverWithKeyOver13WhileKeysRotate(String suite) throws IOException {
    try (Commands openssl = server("-nocert -tls1_3", key(IDENTITY, KEY), "-ciphersuites", suite);
        SocketSide us =
            connect(keys(HandshakeRole.CLIENT, false, PostQuantum.PREFER, "new", "old"), openssl)) {
      AuthenticatedPeer peer = talk(us, openssl);
      assertThat(peer.facts().cipherSuite()).isEqualTo(suite);
      assertThat(peer.facts().credential()).isEqualTo("old");
    }
  }

  @Test
  void clientWithKeyOver12() throws IOException {
    try (Commands openssl =
            client("-tls1_2", key(IDENTITY, KEY), "-cipher ECDHE-PSK-CHACHA20-POLY1305");
        SocketSide us = accept(keys(HandshakeRole.SERVER, true, PostQuantum.PREFER), openssl)) {
      AuthenticatedPeer peer = talk(us, openssl);
      assertThat(peer.facts().protocol()).isEqualTo("TLSv1.2");
      assertThat(peer.facts().cipherSuite())
          .isEqualTo("TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256");
      assertThat(peer.facts().group()).isEqualTo("x25519");
    }
  }

  @Test
  void serverWithKeyOver12() throws IOException {
    try (Commands openssl =
            server("-nocert -tls1_2", key(IDENTITY, KEY), "-cipher ECDHE-PSK-CHACHA20-POLY1305");
        SocketSide us = connect(keys(HandshakeRole.CLIENT, true, PostQuantum.PREFER), openssl)) {
      AuthenticatedPeer peer = talk(us, openssl);
      assertThat(peer.facts().protocol()).isEqualTo("TLSv1.2");
      assertThat(peer.facts().group()).isEqualTo("x25519");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-tls1_3, TLSv1.3, TLS_AES_256_GCM_SHA384",
    "-tls1_2, TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"
  })
  void clientWithCertificate(String version, String protocol, String suite) throws IOException {
    try (Commands openssl = client(version, theirs(), "-verify_return_error");
        SocketSide us =
            accept(certificates(HandshakeRole.SERVER, true, PostQuantum.PREFER), openssl)) {
      AuthenticatedPeer peer = talk(us, openssl);
      assertThat(peer.peerId()).isEqualTo("foreign");
      assertThat(peer.facts().protocol()).isEqualTo(protocol);
      assertThat(peer.facts().cipherSuite()).isEqualTo(suite);
      assertThat(peer.facts().group()).isEqualTo("x25519");
    }
  }

  @ParameterizedTest
  @CsvSource({"-tls1_3, TLSv1.3", "-tls1_2, TLSv1.2"})
  void serverWithCertificate(String version, String protocol) throws IOException {
    try (Commands openssl = server(version, theirs(), "-Verify 3 -verify_return_error");
        SocketSide us =
            connect(certificates(HandshakeRole.CLIENT, true, PostQuantum.PREFER), openssl)) {
      AuthenticatedPeer peer = talk(us, openssl);
      assertThat(peer.facts().protocol()).isEqualTo(protocol);
      assertThat(peer.facts().credential()).isEqualTo("own");
    }
  }

  @ParameterizedTest
  @CsvSource({"Ed25519, 0, true", "RSA, 2048, true", "RSA, 2048, false", "Ed25519, 0, false"})
  void otherKeysInBothDirections(String algorithm, int bits, boolean tls13) throws IOException {
    KeyPair keys = TestAuthority.keys(algorithm, bits);
    world.with(issue("own", "us.example", keys));
    String version = tls13 ? "-tls1_3" : "-tls1_2";
    try (Commands openssl = client(version, theirs(), "-verify_return_error");
        SocketSide us =
            accept(certificates(HandshakeRole.SERVER, true, PostQuantum.PREFER), openssl)) {
      talk(us, openssl);
    }
    try (Commands openssl = server(version, theirs(), "-Verify 3 -verify_return_error");
        SocketSide us =
            connect(certificates(HandshakeRole.CLIENT, true, PostQuantum.PREFER), openssl)) {
      talk(us, openssl);
    }
  }

  /** S-144. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-tls1_1 -cipher ALL:@SECLEVEL=0",
        "-tls1 -cipher ALL:@SECLEVEL=0",
        "-tls1_2 -cipher AES128-SHA:AES256-GCM-SHA384:@SECLEVEL=0",
        "-tls1_2 -cipher ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES128-SHA256:@SECLEVEL=0",
        "-tls1_2 -cipher eNULL:@SECLEVEL=0",
        "-tls1_2 -cipher aNULL:@SECLEVEL=0",
        "-tls1_2 -cipher DHE:kDHE:@SECLEVEL=0",
        "-tls1_3 -ciphersuites TLS_AES_128_CCM_SHA256",
        "-tls1_3 -groups P-521"
      })
  void weakOrUnknownWaysAreRefused(String way) throws IOException {
    try (Commands openssl = client(way, theirs());
        SocketSide us =
            accept(certificates(HandshakeRole.SERVER, true, PostQuantum.PREFER), openssl)) {
      us.shakeHands();
      assertThat(us.engine().state()).as(openssl.peer().output()).isEqualTo(State.FAILED);
      assertThat(us.engine().failure()).containsAnyOf("protocol_version", "handshake_failure");
      openssl.peer().waitFor("alert");
    }
  }

  /** RFC 9325 section 3.4: neither by an identifier of a session nor by a ticket. */
  @ParameterizedTest
  @ValueSource(strings = {"-tls1_3", "-tls1_2"})
  void nothingIsResumed(String version) throws IOException {
    Path session = directory.resolve("session.pem");
    for (int i = 0; i < 2; i++) {
      String before = Files.exists(session) ? "-sess_in " + session : "";
      try (Commands openssl = client(version, theirs(), "-sess_out", session, before);
          SocketSide us =
              accept(certificates(HandshakeRole.SERVER, true, PostQuantum.PREFER), openssl)) {
        talk(us, openssl);
        openssl.peer().waitFor("New, TLSv1.");
        assertThat(openssl.peer().output()).doesNotContain("Reused", "New Session Ticket");
      }
    }
  }

  /** RFC 9325 section 3.5. */
  @Test
  void nothingIsNegotiatedAnew() throws IOException {
    try (Commands openssl =
            Commands.of(
                "", "openssl s_client -connect 127.0.0.1:PORT", "-tls1_2", theirs().toString());
        SocketSide us =
            accept(certificates(HandshakeRole.SERVER, true, PostQuantum.PREFER), openssl)) {
      talk(us, openssl);
      openssl.peer().say("R");
      openssl.peer().waitFor("RENEGOTIATING");
      us.end();
      assertThat(us.engine().peer()).isEmpty();
      openssl.peer().waitFor("no renegotiation");
    }
  }

  @Test
  void version12IsRefusedUnlessItIsAskedFor() throws IOException {
    try (Commands openssl = client("-tls1_2", theirs());
        SocketSide us =
            accept(certificates(HandshakeRole.SERVER, false, PostQuantum.PREFER), openssl)) {
      us.shakeHands();
      assertThat(us.engine().failure()).contains("protocol_version", "min.version = 1.2");
    }
  }

  /** S-142: this version of OpenSSL knows no hybrid groups. */
  @Test
  void requiredHybridRefusesIt() throws IOException {
    try (Commands openssl = client("-tls1_3 -groups X25519:P-256", theirs());
        SocketSide us =
            accept(certificates(HandshakeRole.SERVER, false, PostQuantum.REQUIRE), openssl)) {
      us.shakeHands();
      assertThat(us.engine().failure()).contains("handshake_failure", "pq is require");
      openssl.peer().waitFor("alert handshake failure");
    }
  }

  /** S-143: what the peer sees. */
  @ParameterizedTest
  @CsvSource({
    "-tls1_3, r17#1, alert decrypt error",
    "-tls1_3, nobody, alert decrypt error",
    "-tls1_2, r17#1, alert bad record mac",
    "-tls1_2, nobody, alert bad record mac"
  })
  void wrongKeysAndUnknownIdentitiesLookAlike(String version, String identity, String alert)
      throws IOException {
    try (Commands openssl = client(version, key(identity, "cd".repeat(32)));
        SocketSide us = accept(keys(HandshakeRole.SERVER, true, PostQuantum.PREFER), openssl)) {
      us.shakeHands();
      assertThat(us.engine().state()).isEqualTo(State.FAILED);
      openssl.peer().waitFor(alert);
    }
  }

  @Test
  void aClientWithoutCertificateIsRefused() throws IOException {
    try (Commands openssl = client("-tls1_3 -CAfile", anchor());
        SocketSide us =
            accept(certificates(HandshakeRole.SERVER, false, PostQuantum.PREFER), openssl)) {
      us.shakeHands();
      assertThat(us.engine().failure()).contains("sent no certificate");
      openssl.peer().waitFor("alert certificate required");
    }
  }

  @Test
  void aServerThatAsksForNoCertificateIsRefused() throws IOException {
    try (Commands openssl = server("-tls1_3", theirs());
        SocketSide us =
            connect(certificates(HandshakeRole.CLIENT, false, PostQuantum.PREFER), openssl)) {
      us.shakeHands();
      assertThat(us.engine().failure()).contains("did not ask for our certificate");
    }
  }

  @Test
  void aPeerThatDoesNotTrustUsSaysSo() throws IOException {
    world.with(
        TestAuthority.root("stranger")
            .issue()
            .dns("us.example")
            .valid(
                world.clock().instant().minusSeconds(60), world.clock().instant().plusSeconds(60))
            .credential("own"));
    try (Commands openssl = server("-tls1_3", theirs(), "-Verify 3 -verify_return_error");
        SocketSide us =
            connect(certificates(HandshakeRole.CLIENT, false, PostQuantum.PREFER), openssl)) {
      us.shakeHands();
      us.end();
      assertThat(us.engine().failure()).contains("does not trust the issuer", "unknown_ca");
    }
  }

  @Test
  void whatIsSpokenIsAgreedOn() throws IOException {
    try (Commands openssl = client("-tls1_3 -alpn h2,dhcpv6-relay/1", theirs());
        SocketSide us =
            accept(
                certificates(
                    HandshakeRole.SERVER,
                    false,
                    PostQuantum.PREFER,
                    PEER.speaking("dhcpv6-relay/1")),
                openssl)) {
      talk(us, openssl);
      openssl.peer().waitFor("ALPN protocol: dhcpv6-relay/1");
    }
    try (Commands openssl = client("-tls1_3 -alpn h2,http/1.1", theirs());
        SocketSide us =
            accept(
                certificates(
                    HandshakeRole.SERVER,
                    false,
                    PostQuantum.PREFER,
                    PEER.speaking("dhcpv6-relay/1")),
                openssl)) {
      us.shakeHands();
      assertThat(us.engine().failure()).contains("dhcpv6-relay/1", "no_application_protocol");
      openssl.peer().waitFor("alert no application protocol");
    }
  }

  @Test
  void keysAreUpdatedInTheMiddle() throws IOException {
    try (Commands openssl =
            Commands.of(
                "", "openssl s_client -connect 127.0.0.1:PORT", "-tls1_3", theirs().toString());
        SocketSide us =
            accept(certificates(HandshakeRole.SERVER, false, PostQuantum.PREFER), openssl)) {
      talk(us, openssl);
      openssl.peer().say("K");
      openssl.peer().waitFor("KEYUPDATE");
      openssl.peer().say("after the update");
      us.hear("after the update");
      us.say("and back");
      openssl.peer().waitFor("and back");
    }
  }
}
