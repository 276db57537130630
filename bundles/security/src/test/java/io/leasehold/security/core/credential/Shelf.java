// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.credential;

import io.leasehold.security.Credential;
import io.leasehold.security.CredentialStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A book of credentials over a directory, with a clock that a test sets. */
final class Shelf {
  static final String STRONG = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
  static final String OTHER = "ff112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

  final Path etc;
  final Map<String, String> environment = new HashMap<>();
  final List<String> audit = new ArrayList<>();
  final Seal seal;
  final CredentialBook book;
  Instant now = Instant.parse("2026-06-01T00:00:00Z");
  int changes;

  Shelf(Path directory) {
    etc = directory.resolve("etc");
    FileRights rights;
    try {
      Files.createDirectories(etc);
      rights = new FileRights(Files.getOwner(etc));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    seal = new Seal(directory.resolve("data/seal.key"), rights, new SecureRandom());
    book =
        new CredentialBook(
            new SecretPlaces(etc, rights, environment::get, seal),
            (kind, subject, detail) -> audit.add(kind + " " + subject + " " + detail),
            () -> now);
    book.onChange(() -> changes++);
  }

  Path file(String name, String content) {
    return KeyTool.write(etc.resolve(name), content, "rw-------");
  }

  Shelf put(String name, String... keysAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    book.put(new CredentialSpec(name, values));
    return this;
  }

  /** A pre-shared key whose secret is that reference. */
  Shelf psk(String name, String secret) {
    return put(name, "kind", "psk", "identity", name, "secret", secret);
  }

  CredentialStatus status(String name) {
    return book.status().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The key of a credential, in hex; empty if it cannot be used. */
  String key(String name) {
    return book.credential(name)
        .map(Credential.PreSharedKey.class::cast)
        .map(each -> HexFormat.of().formatHex(each.key().copy()))
        .orElse("");
  }

  /** Looks until a change of files must have been seen. */
  void look() {
    book.look();
    book.look();
  }
}
