// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.security.Credential;
import io.leasehold.security.Peer;
import io.leasehold.security.PeerName;
import io.leasehold.security.PeerRole;
import io.leasehold.security.Secret;
import io.leasehold.security.SecurityControl.KeyFiles;
import io.leasehold.security.core.credential.CredentialSpec;
import io.leasehold.security.core.credential.FileRights;
import io.leasehold.security.core.peer.PeerSpec;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands write is what configuration reads. */
final class SecurityCoreTest {
  @TempDir Path directory;
  private Path etc;
  private SecurityCore core;

  @BeforeEach
  void start() throws IOException {
    etc = Files.createDirectories(directory.resolve("etc"));
    core =
        new SecurityCore(
            new SecurityCore.World(
                etc,
                Files.createDirectories(directory.resolve("data")),
                new FileRights(Files.getOwner(etc)),
                name -> null,
                new SecureRandom(),
                () -> Instant.parse("2026-06-01T00:00:00Z"),
                () -> 0));
  }

  private static Map<String, String> values(String file) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(Files.readString(Path.of(file))));
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, properties::getProperty));
  }

  private static String mode(String file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(file)));
  }

  @Test
  void generatedKeyIsACredentialThatNobodyElseReads() throws IOException {
    KeyFiles files = core.control().generatePsk("r17-1", "r17#1");
    assertThat(mode(files.keyFile())).isEqualTo("rw-------");
    assertThat(mode(files.configuration())).isEqualTo("rw-------");
    assertThat(files.configuration())
        .isEqualTo(etc.resolve("io.leasehold.security.credential-r17-1.cfg").toString());
    byte[] key = HexFormat.of().parseHex(Files.readString(Path.of(files.keyFile())).strip());
    assertThat(key).hasSize(32);
    assertThat(files.toString() + Files.readString(Path.of(files.configuration())))
        .doesNotContain(HexFormat.of().formatHex(key));

    core.credentials().put(new CredentialSpec("r17-1", values(files.configuration())));
    Credential.PreSharedKey read =
        (Credential.PreSharedKey) core.credentials().credential("r17-1").orElseThrow();
    assertThat(read.key().copy()).isEqualTo(key);
    assertThat(read.identity().toUtf8()).isEqualTo("r17#1");
    core.tick();
    assertThat(Files.readString(directory.resolve("data/audit.log")))
        .contains("credential-configured")
        .doesNotContain(HexFormat.of().formatHex(key));
  }

  @Test
  void twoGeneratedKeysDiffer() throws IOException {
    String first = Files.readString(Path.of(core.control().generatePsk("a", "a#1").keyFile()));
    String second = Files.readString(Path.of(core.control().generatePsk("b", "b#1").keyFile()));
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void nothingIsOverwrittenAndNamesCannotLeaveTheDirectory() throws IOException {
    core.control().generatePsk("a", "a#1");
    assertThatThrownBy(() -> core.control().generatePsk("a", "a#2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is there already");
    for (String name : List.of("../b", "b/c", "", ".b", "b\nc", "b c")) {
      assertThatThrownBy(() -> core.control().generatePsk(name, "b#1"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a name has");
    }
    for (String identity : List.of("", "x y", "x\ny", "${y}", "x".repeat(129))) {
      assertThatThrownBy(() -> core.control().generatePsk("c", identity))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("an identity has");
    }
  }

  @Test
  void approvedPeerIsReadAsItWasMeant() throws IOException {
    Peer peer =
        new Peer(
            "r17",
            Set.of(PeerRole.RELAY),
            List.of(new PeerName(PeerName.Kind.ADDRESS, "2001:db8::7")),
            false,
            List.of(),
            List.of("r17-1"),
            List.of());
    String file = core.control().approvePeer(peer);
    assertThat(PeerSpec.of("r17", values(file)).peer()).contains(peer);
    assertThatThrownBy(() -> core.control().approvePeer(peer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is there already");
    try (var files = Files.list(etc)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void sealedSecretOpensAsACredential() throws IOException {
    String secret = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    String reference = core.control().seal(Secret.of(secret.getBytes(StandardCharsets.US_ASCII)));
    assertThat(reference).startsWith("enc:").doesNotContain(secret);
    core.credentials()
        .put(
            new CredentialSpec("a", Map.of("kind", "psk", "identity", "a#1", "secret", reference)));
    assertThat(core.credentials().credential("a")).isPresent();
  }

  @Test
  void alarmsOfAllPartsAreTold() {
    core.credentials().put(new CredentialSpec("a", Map.of("kind", "key")));
    core.peers().put("b", PeerSpec.of("b", Map.of()));
    core.channels().channel("c");
    assertThat(core.control().alarms())
        .hasSize(3)
        .anyMatch(alarm -> alarm.startsWith("credential a: kind must be"))
        .anyMatch(alarm -> alarm.startsWith("peer b: roles is missing"))
        .anyMatch(alarm -> alarm.startsWith("channel c: there is no profile c"));
  }
}
