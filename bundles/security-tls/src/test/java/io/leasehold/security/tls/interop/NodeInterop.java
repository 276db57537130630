// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.tls.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelEngine.State;
import io.leasehold.security.ChannelProfile.PostQuantum;
import io.leasehold.security.HandshakeRole;
import io.leasehold.testkit.foreign.Commands;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * S-141 with Node.js, whose OpenSSL knows the hybrid groups. The system property {@code
 * leasehold.node} names the program.
 */
final class NodeInterop extends InteropGround {
  private static final String HYBRID = "X25519MLKEM768";

  private Commands node(String side, String proof, String groups, Object first, Object second)
      throws IOException {
    String program = System.getProperty("leasehold.node");
    assertThat(program).as("system property leasehold.node").isNotNull();
    Path script = directory.resolve("peer.js");
    if (!Files.exists(script)) {
      try (InputStream source = NodeInterop.class.getResourceAsStream("/interop/peer.js")) {
        Files.copy(source, script);
      }
    }
    return Commands.of("LISTENING", program, script, side, "PORT", proof, groups, first, second);
  }

  private Commands withCertificate(String side, String groups) throws IOException {
    return node(side, "cert", groups, pem("peer.pem", issue("peer", "foreign.example")), anchor());
  }

  private static void isHybrid(AuthenticatedPeer peer, SocketSide us, Commands node) {
    assertThat(peer.facts().group()).isEqualTo(HYBRID);
    assertThat(us.engine().assurance().pqHybrid()).isTrue();
    assertThat(node.peer().output()).contains("negotiated TLSv1.3 " + peer.facts().cipherSuite());
  }

  @ParameterizedTest
  @EnumSource(names = {"PREFER", "REQUIRE"})
  void hybridWithCertificatesOfTheirClient(PostQuantum pq) throws IOException {
    try (Commands node = withCertificate("client", HYBRID + ":X25519");
        SocketSide us = accept(certificates(HandshakeRole.SERVER, false, pq), node)) {
      isHybrid(talk(us, node), us, node);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PREFER", "REQUIRE"})
  void hybridWithCertificatesOfTheirServer(PostQuantum pq) throws IOException {
    try (Commands node = withCertificate("server", HYBRID + ":X25519");
        SocketSide us = connect(certificates(HandshakeRole.CLIENT, false, pq), node)) {
      isHybrid(talk(us, node), us, node);
    }
  }

  @Test
  void hybridWithKeysOfTheirClient() throws IOException {
    try (Commands node = node("client", "psk", HYBRID, IDENTITY, KEY);
        SocketSide us = accept(keys(HandshakeRole.SERVER, false, PostQuantum.REQUIRE), node)) {
      isHybrid(talk(us, node), us, node);
    }
  }

  @Test
  void hybridWithKeysOfTheirServer() throws IOException {
    try (Commands node = node("server", "psk", HYBRID, IDENTITY, KEY);
        SocketSide us =
            connect(keys(HandshakeRole.CLIENT, false, PostQuantum.REQUIRE, "new", "old"), node)) {
      isHybrid(talk(us, node), us, node);
    }
  }

  /** Theirs prefers the classical group and sends no share of the hybrid: it is asked again. */
  @Test
  void theServerAsksForTheHybridAgain() throws IOException {
    try (Commands node = withCertificate("client", "X25519:" + HYBRID);
        SocketSide us =
            accept(certificates(HandshakeRole.SERVER, false, PostQuantum.PREFER), node)) {
      isHybrid(talk(us, node), us, node);
    }
  }

  @Test
  void aClassicalPeerGetsAClassicalGroupOrNothing() throws IOException {
    try (Commands node = withCertificate("client", "X25519");
        SocketSide us =
            accept(certificates(HandshakeRole.SERVER, false, PostQuantum.PREFER), node)) {
      assertThat(talk(us, node).facts().group()).isEqualTo("x25519");
      assertThat(us.engine().assurance().pqHybrid()).isFalse();
    }
    try (Commands node = withCertificate("client", "X25519");
        SocketSide us =
            accept(certificates(HandshakeRole.SERVER, false, PostQuantum.REQUIRE), node)) {
      us.shakeHands();
      assertThat(us.engine().state()).isEqualTo(State.FAILED);
      assertThat(us.engine().failure()).contains("pq is require");
    }
  }
}
