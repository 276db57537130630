// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.security.Credential;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates, their keys, and whom to trust. */
final class CertificatesTest {
  @TempDir static Path made;
  private static KeyTool tool;

  @TempDir Path directory;
  private Shelf shelf;

  @BeforeAll
  static void makeKeys() {
    tool = new KeyTool(made);
    tool.issuer("ca").issuer("other");
    tool.key("curve", "-keyalg", "EC", "-groupname", "secp256r1", "-ext", "san=dns:a.example");
    tool.key("edwards", "-keyalg", "Ed25519", "-ext", "san=dns:e.example");
    tool.key("rsa", "-keyalg", "RSA", "-keysize", "2048", "-ext", "san=dns:r.example");
    tool.key("weak", "-keyalg", "RSA", "-keysize", "1024");
  }

  @BeforeEach
  void makeShelf() {
    shelf = new Shelf(directory);
    shelf.now = Instant.parse("2026-02-01T00:00:00Z");
  }

  private void pair(String alias, String label, byte[] key) throws Exception {
    shelf.file("c.pem", KeyTool.pem("CERTIFICATE", tool.certificate(alias)));
    shelf.file("k.pem", KeyTool.pem(label, key));
    shelf.put("c", "kind", "certificate", "certificate", "file:c.pem", "key", "file:k.pem");
  }

  private Credential.CertificateChain chain() {
    return (Credential.CertificateChain) shelf.book.credential("c").orElseThrow();
  }

  private void refused(String reason) {
    assertThat(shelf.book.credential("c")).isEmpty();
    assertThat(shelf.status("c").detail()).contains(reason);
  }

  @Test
  void certificateComesWithItsKey() throws Exception {
    for (String alias : List.of("curve", "edwards", "rsa")) {
      pair(alias, "PRIVATE KEY", tool.privateKey(alias));
      assertThat(chain().key().copy()).as(alias).isEqualTo(tool.privateKey(alias));
      assertThat(chain().chain()).containsExactly(Bytes.wrap(tool.certificate(alias)));
      assertThat(shelf.status("c").detail()).contains(chain().fingerprint());
    }
  }

  @Test
  void keysOfOpenSslsOlderFormsAreTaken() throws Exception {
    byte[] rsa = tool.privateKey("rsa");
    pair("rsa", "RSA PRIVATE KEY", Arrays.copyOfRange(rsa, 26, rsa.length));
    assertThat(chain().key().copy()).isEqualTo(rsa);

    pair("curve", "EC PRIVATE KEY", ecPrivateKey(tool.privateKey("curve"), true));
    assertThat(chain().chain()).hasSize(1);
    pair("curve", "EC PRIVATE KEY", ecPrivateKey(tool.privateKey("curve"), false));
    assertThat(shelf.status("c").detail()).contains("openssl pkcs8 -topk8");
  }

  /** ECPrivateKey of RFC 5915 as OpenSSL writes it, from PKCS #8 of the JDK. */
  private static byte[] ecPrivateKey(byte[] pkcs8, boolean named) {
    int at = 2 + 3 + 2 + pkcs8[6] + 2; // sequence, version, algorithm, then the octet string
    byte[] inner = Arrays.copyOfRange(pkcs8, at, pkcs8.length);
    byte[] scalar = Arrays.copyOfRange(inner, 2, 2 + 3 + 2 + 32);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] curve = {(byte) 0xa0, 10, 6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 3, 1, 7};
    out.write(0x30);
    out.write(scalar.length + (named ? curve.length : 0));
    out.writeBytes(scalar);
    if (named) {
      out.writeBytes(curve);
    }
    return out.toByteArray();
  }

  @Test
  void keyOfAnotherCertificateIsRefused() throws Exception {
    tool.key("second" + System.identityHashCode(this), "-keyalg", "EC", "-groupname", "secp256r1");
    byte[] other = tool.privateKey("second" + System.identityHashCode(this));
    pair("curve", "PRIVATE KEY", other);
    refused("the key does not belong to the certificate");
    pair("curve", "PRIVATE KEY", tool.privateKey("rsa"));
    refused("the key does not belong to the certificate");
  }

  @Test
  void weakAndEncryptedKeysAreRefused() throws Exception {
    pair("weak", "PRIVATE KEY", tool.privateKey("weak"));
    refused("RSA keys have at least 2048 bits, this one has 1024");
    pair("curve", "ENCRYPTED PRIVATE KEY", new byte[] {0x30, 0});
    refused("is encrypted");
  }

  @Test
  void keyFileOfOthersIsRefused() throws Exception {
    pair("curve", "PRIVATE KEY", tool.privateKey("curve"));
    Files.setPosixFilePermissions(
        shelf.etc.resolve("k.pem"), PosixFilePermissions.fromString("rw-r-----"));
    shelf.look();
    refused("chmod 600");
    Files.setPosixFilePermissions(
        shelf.etc.resolve("k.pem"), PosixFilePermissions.fromString("rw-------"));
    Files.setPosixFilePermissions(
        shelf.etc.resolve("c.pem"), PosixFilePermissions.fromString("rw-rw-r--"));
    shelf.look();
    refused("chmod go-w");
  }

  @Test
  void chainMustBeInOrder() throws Exception {
    shelf.file(
        "c.pem",
        KeyTool.pem("CERTIFICATE", tool.certificate("curve"))
            + KeyTool.pem("CERTIFICATE", tool.certificate("ca")));
    shelf.file("k.pem", KeyTool.pem("PRIVATE KEY", tool.privateKey("curve")));
    shelf.put("c", "kind", "certificate", "certificate", "file:c.pem", "key", "file:k.pem");
    refused("certificate 2 did not issue the one before it");
  }

  @Test
  void keyStoreHoldsBoth() throws Exception {
    Files.copy(tool.store(), shelf.etc.resolve("all.p12"));
    Files.setPosixFilePermissions(
        shelf.etc.resolve("all.p12"), PosixFilePermissions.fromString("rw-------"));
    shelf.environment.put("STORE_PASSWORD", KeyTool.PASSWORD);
    shelf.put(
        "c",
        "kind",
        "certificate",
        "key",
        "keystore:all.p12#curve",
        "keystore.password",
        "env:STORE_PASSWORD");
    assertThat(chain().key().copy()).isEqualTo(tool.privateKey("curve"));
    shelf.environment.put("STORE_PASSWORD", "wrong");
    shelf.put(
        "c",
        "kind",
        "certificate",
        "key",
        "keystore:all.p12#curve",
        "keystore.password",
        "env:STORE_PASSWORD");
    refused("no PKCS #12 file that opens with its password");
  }

  @Test
  void certificateIsReplacedWithoutAPauseWhenItsFilesChangeOneAfterTheOther() throws Exception {
    pair("curve", "PRIVATE KEY", tool.privateKey("curve"));
    Credential.CertificateChain before = chain();
    shelf.file("c.pem", KeyTool.pem("CERTIFICATE", tool.certificate("edwards")));
    shelf.look();
    assertThat(chain()).isSameAs(before);
    assertThat(shelf.book.alarms()).anyMatch(alarm -> alarm.contains("does not belong"));
    shelf.file("k.pem", KeyTool.pem("PRIVATE KEY", tool.privateKey("edwards")));
    shelf.look();
    assertThat(chain().chain()).containsExactly(Bytes.wrap(tool.certificate("edwards")));
    assertThat(shelf.book.alarms()).noneMatch(alarm -> alarm.contains("does not belong"));
  }

  @Test
  void endIsTold30And7And1DaysBeforeAndThenNothingIsMadeWithIt() throws Exception {
    pair("curve", "PRIVATE KEY", tool.privateKey("curve"));
    Instant end = chain().notAfter();
    shelf.audit.clear();
    for (int days : List.of(31, 29, 28, 8, 7, 6, 2, 1)) {
      shelf.now = end.minus(Duration.ofDays(days));
      shelf.look();
      assertThat(shelf.book.credential("c")).isPresent();
    }
    assertThat(shelf.audit)
        .hasSize(3)
        .allMatch(line -> line.startsWith("credential-expiry c ends at " + end));
    assertThat(shelf.audit.get(0)).contains("less than 30 days");
    assertThat(shelf.audit.get(1)).contains("less than 7 days");
    assertThat(shelf.audit.get(2)).contains("less than 1 days");
    shelf.changes = 0;
    shelf.now = end.plusSeconds(1);
    shelf.look();
    refused("the certificate ended at " + end);
    assertThat(shelf.changes).isOne();
    assertThat(shelf.audit).hasSize(4);
  }

  @Test
  void anchorsAndListsAreReadAndReadAgain() throws Exception {
    shelf.file("ca.pem", KeyTool.pem("CERTIFICATE", tool.certificate("ca")));
    Files.copy(tool.revoked("ca", "first.crl", 7), shelf.etc.resolve("ca.crl"));
    shelf.put("t", "kind", "trust", "anchors", "file:ca.pem", "crls", "file:ca.crl");
    Credential.TrustAnchors before =
        (Credential.TrustAnchors) shelf.book.credential("t").orElseThrow();
    assertThat(before.anchors()).containsExactly(Bytes.wrap(tool.certificate("ca")));
    assertThat(RevokedCertificates.of(before)).hasSize(1);

    Files.delete(shelf.etc.resolve("ca.crl"));
    Files.copy(tool.revoked("ca", "second.crl", 7, 8), shelf.etc.resolve("ca.crl"));
    shelf.look();
    Credential.TrustAnchors now =
        (Credential.TrustAnchors) shelf.book.credential("t").orElseThrow();
    assertThat(RevokedCertificates.of(now)).hasSize(2).containsAll(RevokedCertificates.of(before));
  }

  @Test
  void anchorThatOthersMayWriteIsRefused() throws Exception {
    KeyTool.write(
        shelf.etc.resolve("ca.pem"),
        KeyTool.pem("CERTIFICATE", tool.certificate("ca")),
        "rw-rw-rw-");
    shelf.put("t", "kind", "trust", "anchors", "file:ca.pem");
    assertThat(shelf.book.credential("t")).isEmpty();
    assertThat(shelf.status("t").detail()).contains("chmod go-w");
  }
}
