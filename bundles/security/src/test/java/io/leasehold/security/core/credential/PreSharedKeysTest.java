// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.leasehold.net.Bytes;
import io.leasehold.security.Credential;
import io.leasehold.security.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys come from where a reference leads, or not at all. */
final class PreSharedKeysTest {
  @TempDir Path directory;
  private Shelf shelf;

  @BeforeEach
  void makeShelf() {
    shelf = new Shelf(directory);
  }

  private void refused(String name, String reason) {
    assertThat(shelf.book.credential(name)).isEmpty();
    assertThat(shelf.status(name).usable()).isFalse();
    assertThat(shelf.status(name).detail()).contains(reason);
    assertThat(shelf.book.alarms()).anyMatch(alarm -> alarm.contains(reason));
    assertThat(shelf.book.preSharedKey(Bytes.ofUtf8(name))).isEmpty();
  }

  @Test
  void fileHoldsAKeyInHexOrAsItIs() throws IOException {
    shelf.file("hex.psk", Shelf.STRONG.toUpperCase(Locale.ROOT) + "\n");
    Path raw = shelf.file("raw.psk", "");
    Files.write(raw, Bytes.ofHex(Shelf.OTHER).toArray());
    shelf.psk("a#1", "file:hex.psk").psk("b#1", "file:" + raw);
    assertThat(shelf.key("a#1")).isEqualTo(Shelf.STRONG);
    assertThat(shelf.key("b#1")).isEqualTo(Shelf.OTHER);
    assertThat(shelf.book.preSharedKey(Bytes.ofUtf8("b#1")).orElseThrow().name()).isEqualTo("b#1");
    assertThat(shelf.book.preSharedKey(Bytes.ofUtf8("c#1"))).isEmpty();
  }

  @Test
  void environmentHoldsAKey() {
    shelf.environment.put("RELAY_KEY", Shelf.STRONG);
    shelf.psk("a#1", "env:RELAY_KEY").psk("b#1", "env:OTHER_KEY");
    assertThat(shelf.key("a#1")).isEqualTo(Shelf.STRONG);
    refused("b#1", "variable OTHER_KEY is not set");
  }

  @Test
  void sealedKeyOpensOnlyWithTheKeyOfTheInstallation() throws Exception {
    String sealed = shelf.seal.close(Secret.of(Shelf.STRONG.getBytes(StandardCharsets.US_ASCII)));
    assertThat(sealed).doesNotContain(Shelf.STRONG);
    Path key = directory.resolve("data/seal.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("r--------");
    shelf.psk("a#1", "enc:" + sealed);
    assertThat(shelf.key("a#1")).isEqualTo(Shelf.STRONG);

    int last = sealed.length() - 2;
    char changed = sealed.charAt(last) == 'A' ? 'B' : 'A';
    shelf.psk("a#1", "enc:" + sealed.substring(0, last) + changed + sealed.charAt(last + 1));
    refused("a#1", "was not made with " + key);

    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("r--r-----"));
    shelf.psk("a#1", "enc:" + sealed);
    refused("a#1", "chmod 600");
    Files.delete(key);
    shelf.psk("a#1", "enc:" + sealed);
    refused("a#1", key + " is not there");
  }

  @Test
  void literalSecretIsRefusedAndNotRepeated() {
    shelf.psk("a#1", Shelf.STRONG);
    refused("a#1", "secret is not a reference");
    assertThat(shelf.status("a#1").detail()).doesNotContain(Shelf.STRONG).contains("file:PATH");
    assertThat(shelf.audit.toString()).doesNotContain(Shelf.STRONG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx--x---"})
  void fileThatOthersMayUseIsRefused(String mode) {
    KeyTool.write(shelf.etc.resolve("a.psk"), Shelf.STRONG, mode);
    shelf.psk("a#1", "file:a.psk");
    refused("a#1", "chmod 600 " + shelf.etc.resolve("a.psk"));
  }

  @Test
  void fileOfSomebodyElseIsRefused() throws IOException {
    Path file = shelf.file("a.psk", Shelf.STRONG);
    var nobody =
        file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    FileRights rights = new FileRights(nobody);
    assertThat(catchThrowable(() -> rights.requirePrivate(file)))
        .isInstanceOf(CredentialFault.class)
        .hasMessageContaining("the server runs as nobody; say: chown nobody " + file);
  }

  @Test
  void looseningTheModeMakesAKeyUnusableAtTheNextLook() throws IOException {
    Path file = shelf.file("a.psk", Shelf.STRONG);
    shelf.psk("a#1", "file:a.psk");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    shelf.look();
    refused("a#1", "chmod 600");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    shelf.look();
    assertThat(shelf.key("a#1")).isEqualTo(Shelf.STRONG);
  }

  @Test
  void shortKeyIsRefused() throws IOException {
    Files.write(shelf.file("a.psk", ""), new byte[15]);
    shelf.psk("a#1", "file:a.psk");
    refused("a#1", "at least 16");
  }

  @Test
  void passphraseIsRefusedUnlessALaboratoryAllowsIt() {
    shelf.file("a.psk", "correct horse battery");
    shelf.psk("a#1", "file:a.psk");
    refused("a#1", "looks like a passphrase");
    shelf.file("hex.psk", Bytes.ofUtf8("correct horse battery").toHex());
    shelf.psk("b#1", "file:hex.psk");
    refused("b#1", "looks like a passphrase");
    shelf.put(
        "a#1",
        "kind",
        "psk",
        "identity",
        "a#1",
        "secret",
        "file:a.psk",
        "allow.low.entropy",
        "true");
    assertThat(shelf.status("a#1").usable()).isTrue();
    assertThat(shelf.book.alarms())
        .anyMatch(alarm -> alarm.contains("accepted by allow.low.entropy"));
  }

  @Test
  void identityHasAtMost128Octets() {
    shelf.file("a.psk", Shelf.STRONG);
    String longest = "x".repeat(128);
    shelf.put("a", "kind", "psk", "identity", longest, "secret", "file:a.psk");
    assertThat(shelf.status("a").usable()).isTrue();
    shelf.put("a", "kind", "psk", "identity", longest + "x", "secret", "file:a.psk");
    refused("a", "identity has 129 octets");
    shelf.put("a", "kind", "psk", "secret", "file:a.psk");
    refused("a", "identity is missing");
  }

  @Test
  void sameIdentityInTwoCredentialsIsRefusedForBoth() {
    shelf.file("a.psk", Shelf.STRONG);
    shelf.file("b.psk", Shelf.OTHER);
    shelf.put("a", "kind", "psk", "identity", "relay#1", "secret", "file:a.psk");
    assertThat(shelf.book.preSharedKey(Bytes.ofUtf8("relay#1"))).isPresent();
    shelf.put("b", "kind", "psk", "identity", "relay#1", "secret", "file:b.psk");
    refused("a", "the same identity is in the credentials a, b");
    refused("b", "the same identity is in the credentials a, b");
    assertThat(shelf.book.preSharedKey(Bytes.ofUtf8("relay#1"))).isEmpty();
    shelf.book.remove("b");
    assertThat(shelf.key("a")).isEqualTo(Shelf.STRONG);
  }

  @Test
  void sameKeyInTwoCredentialsIsRefusedForBoth() {
    shelf.file("a.psk", Shelf.STRONG);
    shelf.psk("a#1", "file:a.psk").psk("b#1", "file:a.psk");
    refused("a#1", "the same key is in the credentials a#1, b#1");
    refused("b#1", "the same key");
  }

  @Test
  void changedFileIsAnotherVersionOnceItIsLeftAlone() {
    shelf.file("a.psk", Shelf.STRONG);
    shelf.psk("a#1", "file:a.psk");
    Credential before = shelf.book.credential("a#1").orElseThrow();
    shelf.changes = 0;
    shelf.look();
    assertThat(shelf.book.credential("a#1").orElseThrow()).isSameAs(before);
    assertThat(shelf.changes).isZero();

    shelf.file("a.psk", Shelf.OTHER + "\n");
    shelf.book.look();
    assertThat(shelf.key("a#1")).isEqualTo(Shelf.STRONG);
    shelf.book.look();
    assertThat(shelf.key("a#1")).isEqualTo(Shelf.OTHER);
    assertThat(shelf.changes).isOne();
    assertThat(shelf.book.preSharedKey(Bytes.ofUtf8("a#1")).orElseThrow())
        .isSameAs(shelf.book.credential("a#1").orElseThrow());
  }

  @Test
  void sameContentStaysTheSameVersion() {
    shelf.file("a.psk", Shelf.STRONG);
    shelf.psk("a#1", "file:a.psk");
    Credential before = shelf.book.credential("a#1").orElseThrow();
    shelf.file("a.psk", Shelf.STRONG + "\n");
    shelf.look();
    shelf.psk("a#1", "file:a.psk");
    assertThat(shelf.book.credential("a#1").orElseThrow()).isSameAs(before);
    assertThat(shelf.key("a#1")).isEqualTo(Shelf.STRONG);
  }

  @Test
  void wrongContentLeavesTheVersionBeforeInForce() {
    shelf.file("a.psk", Shelf.STRONG);
    shelf.psk("a#1", "file:a.psk");
    shelf.file("a.psk", "too short");
    shelf.look();
    assertThat(shelf.key("a#1")).isEqualTo(Shelf.STRONG);
    assertThat(shelf.status("a#1").usable()).isTrue();
    assertThat(shelf.book.alarms())
        .anyMatch(alarm -> alarm.contains("the version read before stays in force"));
  }

  @Test
  void replacedKeyIsErasedAfterAMinute() {
    shelf.file("a.psk", Shelf.STRONG);
    shelf.psk("a#1", "file:a.psk");
    Credential.PreSharedKey before =
        (Credential.PreSharedKey) shelf.book.credential("a#1").orElseThrow();
    shelf.file("a.psk", Shelf.OTHER + "\n");
    shelf.look();
    assertThat(before.key().length()).isEqualTo(32);
    shelf.now = shelf.now.plus(Duration.ofSeconds(61));
    shelf.look();
    assertThat(before.key().length()).isZero();
  }

  @Test
  void lastUseIsRemembered() {
    shelf.file("a.psk", Shelf.STRONG);
    shelf.psk("a#1", "file:a.psk");
    assertThat(shelf.status("a#1").lastUsed()).isEmpty();
    shelf.book.used("a#1");
    shelf.book.used("nobody's");
    assertThat(shelf.status("a#1").lastUsed()).contains(shelf.now);
  }

  @Test
  void closingErasesKeys() {
    shelf.file("a.psk", Shelf.STRONG);
    shelf.psk("a#1", "file:a.psk");
    Credential.PreSharedKey key =
        (Credential.PreSharedKey) shelf.book.credential("a#1").orElseThrow();
    shelf.book.close();
    assertThat(key.key().length()).isZero();
    assertThat(key.toString()).contains("****");
  }

  @Test
  void hostileIdentityIsHarmlessInListings() {
    shelf.file("a.psk", Shelf.STRONG);
    shelf.put("a", "kind", "psk", "identity", "x\u001b[2Jy", "secret", "file:a.psk");
    assertThat(shelf.status("a").detail()).contains("x\\u001b[2Jy");
  }
}
