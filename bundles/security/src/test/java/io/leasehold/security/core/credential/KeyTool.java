// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.credential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Makes keys, certificates and revocation lists with the JDK's own program. */
final class KeyTool {
  static final String PASSWORD = "changeit";
  private final Path directory;
  private final Path store;

  KeyTool(Path directory) {
    this.directory = directory;
    this.store = directory.resolve("all.p12");
  }

  Path store() {
    return store;
  }

  /** A key with a certificate of its own, made as the words say. */
  KeyTool key(String alias, String... words) {
    List<String> all = new ArrayList<>(List.of("-genkeypair", "-alias", alias));
    all.addAll(List.of("-dname", "CN=" + alias, "-startdate", "2026/01/01 00:00:00"));
    all.addAll(List.of(words));
    run(all);
    return this;
  }

  /** An issuer on a curve. */
  KeyTool issuer(String alias) {
    return key(
        alias, "-keyalg", "EC", "-groupname", "secp256r1", "-ext", "bc:c", "-validity", "3650");
  }

  /** A list of that issuer that revokes these serial numbers. */
  Path revoked(String issuer, String file, long... serials) {
    List<String> words = new ArrayList<>(List.of("-gencrl", "-alias", issuer, "-rfc"));
    words.addAll(List.of("-file", directory.resolve(file).toString()));
    for (long serial : serials) {
      words.addAll(List.of("-id", Long.toString(serial)));
    }
    run(words);
    return directory.resolve(file);
  }

  private void run(List<String> words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(words);
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] privateKey(String alias) throws IOException, GeneralSecurityException {
    return load().getKey(alias, PASSWORD.toCharArray()).getEncoded();
  }

  byte[] certificate(String alias) throws IOException, GeneralSecurityException {
    return load().getCertificate(alias).getEncoded();
  }

  private KeyStore load() throws IOException, GeneralSecurityException {
    return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
  }

  static String pem(String label, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), label);
  }

  /** Writes a file with that mode. */
  static Path write(Path file, String content, String mode) {
    try {
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(file);
      Files.writeString(file, content);
      return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
