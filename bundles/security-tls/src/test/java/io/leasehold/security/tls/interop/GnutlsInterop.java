// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.tls.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelEngine.State;
import io.leasehold.security.ChannelProfile.PostQuantum;
import io.leasehold.security.HandshakeRole;
import io.leasehold.testkit.foreign.Commands;
import io.leasehold.testkit.security.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** S-140 with {@code gnutls-cli} and {@code gnutls-serv}. */
final class GnutlsInterop extends InteropGround {
  private static final String CLIENT = "gnutls-cli --port PORT 127.0.0.1 --no-ca-verification";
  private static final String SERVER = "gnutls-serv --port PORT --echo";
  private static final String KEYS_13 =
      "--priority NORMAL:-VERS-ALL:+VERS-TLS1.3:-KX-ALL:+ECDHE-PSK:+DHE-PSK:-CIPHER-ALL:+AES-128-GCM";
  private static final String KEYS_12 =
      "--priority NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+ECDHE-PSK:-CIPHER-ALL:+CHACHA20-POLY1305";

  private String theirs() throws IOException {
    // It does not read the EC keys that Java writes.
    Path pem = pem("peer.pem", issue("peer", "foreign.example", TestAuthority.keys("RSA", 2048)));
    return "--x509certfile " + pem + " --x509keyfile " + pem + " --x509cafile " + anchor();
  }

  private static String key() {
    return "--pskusername " + IDENTITY + " --pskkey " + KEY;
  }

  private String keyFile() throws IOException {
    // A number sign begins a comment in this file unless the name is in hex.
    return "--pskpasswd "
        + Files.writeString(directory.resolve("keys.psk"), "#" + hex(IDENTITY) + ":" + KEY + "\n");
  }

  private static String hex(String text) {
    return Bytes.ofUtf8(text).toHex();
  }

  @Test
  void clientWithKeyOver13() throws IOException {
    try (Commands gnutls = Commands.of("", CLIENT, key(), KEYS_13);
        SocketSide us = accept(keys(HandshakeRole.SERVER, false, PostQuantum.PREFER), gnutls)) {
      AuthenticatedPeer peer = talk(us, gnutls);
      assertThat(peer.peerId()).isEqualTo("keyed");
      assertThat(peer.facts().protocol()).isEqualTo("TLSv1.3");
    }
  }

  /** Version 3.7.9 falls over when it prints this handshake, with other servers, too. */
  @Test
  void clientWithKeyOver12() throws IOException {
    try (Commands gnutls = Commands.of("", CLIENT, key(), KEYS_12);
        SocketSide us = accept(keys(HandshakeRole.SERVER, true, PostQuantum.PREFER), gnutls)) {
      us.shakeHands();
      assertThat(us.engine().state()).isEqualTo(State.ESTABLISHED);
      assertThat(us.engine().peer().orElseThrow().facts().protocol()).isEqualTo("TLSv1.2");
    }
  }

  @ParameterizedTest
  @CsvSource({KEYS_13 + ", false, TLSv1.3", KEYS_12 + ", true, TLSv1.2"})
  void serverWithKey(String priority, boolean tls12, String protocol) throws IOException {
    try (Commands gnutls = Commands.of("listening on", SERVER, keyFile(), priority);
        SocketSide us =
            connect(keys(HandshakeRole.CLIENT, tls12, PostQuantum.PREFER, "old"), gnutls)) {
      assertThat(echoed(us, gnutls).facts().protocol()).isEqualTo(protocol);
    }
  }

  private static AuthenticatedPeer echoed(SocketSide us, Commands gnutls) throws IOException {
    us.shakeHands();
    assertThat(us.engine().failure()).as(gnutls.peer().output()).isEmpty();
    assertThat(us.engine().state()).isEqualTo(State.ESTABLISHED);
    us.say("say it again");
    us.hear("say it again");
    return us.engine().peer().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"1.3", "1.2"})
  void clientWithCertificate(String version) throws IOException {
    String priority = "--priority NORMAL:-VERS-ALL:+VERS-TLS" + version;
    try (Commands gnutls = Commands.of("", CLIENT, theirs(), priority);
        SocketSide us =
            accept(certificates(HandshakeRole.SERVER, true, PostQuantum.PREFER), gnutls)) {
      AuthenticatedPeer peer = talk(us, gnutls);
      assertThat(peer.peerId()).isEqualTo("foreign");
      assertThat(peer.facts().protocol()).isEqualTo("TLSv" + version);
    }
  }

  @ParameterizedTest
  @CsvSource({"1.3", "1.2"})
  void serverWithCertificate(String version) throws IOException {
    String priority = "--require-client-cert --priority NORMAL:-VERS-ALL:+VERS-TLS" + version;
    try (Commands gnutls = Commands.of("listening on", SERVER, theirs(), priority);
        SocketSide us =
            connect(certificates(HandshakeRole.CLIENT, true, PostQuantum.PREFER), gnutls)) {
      assertThat(echoed(us, gnutls).facts().protocol()).isEqualTo("TLSv" + version);
    }
  }

  @Test
  void aWrongKeyIsRefused() throws IOException {
    try (Commands gnutls =
            Commands.of(
                "", CLIENT, "--pskusername " + IDENTITY + " --pskkey " + "cd".repeat(32), KEYS_13);
        SocketSide us = accept(keys(HandshakeRole.SERVER, false, PostQuantum.PREFER), gnutls)) {
      us.shakeHands();
      assertThat(us.engine().failure()).contains("decrypt_error");
    }
  }
}
