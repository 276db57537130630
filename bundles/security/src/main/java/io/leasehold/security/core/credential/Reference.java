// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.credential;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where something is that does not belong into a configuration.
 *
 * @param kind of place
 * @param value path, variable, sealed octets, or path and alias
 */
record Reference(Kind kind, String value) {
  /** Kinds of places. */
  enum Kind {
    /** A file, by its path; a relative one starts at {@code etc}. */
    FILE,
    /** A variable of the environment. */
    ENV,
    /** In the configuration itself, sealed with the key of the installation. */
    ENC,
    /** An entry of a PKCS #12 file: path, and alias after a hash sign. */
    KEYSTORE
  }

  /**
   * Reads one. The text itself is in no message: it may be the secret.
   *
   * @param key where it stands, for messages
   */
  static Reference parse(String key, String text) throws CredentialFault {
    return of(text)
        .orElseThrow(
            () ->
                new CredentialFault(
                    key
                        + " is not a reference; put what stands there into a file with mode 0600 and"
                        + " write "
                        + key
                        + " = file:PATH (or env:VARIABLE, enc:SEALED, keystore:PATH#ALIAS). A secret that"
                        + " stood in a configuration is known to others: make a new one"));
  }

  /** The reference, if the text is one. */
  static Optional<Reference> of(String text) {
    String stripped = text.strip();
    return Arrays.stream(Kind.values())
        .filter(kind -> stripped.startsWith(prefix(kind)))
        .filter(kind -> stripped.length() > prefix(kind).length())
        .map(kind -> new Reference(kind, stripped.substring(prefix(kind).length()).strip()))
        .findFirst();
  }

  /** Several, with blanks or commas between. */
  static List<Reference> list(String key, String text) throws CredentialFault {
    List<String> parts = Stream.of(text.strip().split("[\\s,]+")).toList();
    Reference[] references = new Reference[parts.size()];
    for (int i = 0; i < references.length; i++) {
      references[i] = parse(key, parts.get(i));
    }
    return List.of(references);
  }

  private static String prefix(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT) + ":";
  }

  /** Of a key store: the path without the alias. */
  String path() {
    int hash = value.lastIndexOf('#');
    return kind == Kind.KEYSTORE && hash >= 0 ? value.substring(0, hash) : value;
  }

  /** Of a key store: the alias; empty if there is none. */
  String alias() {
    int hash = value.lastIndexOf('#');
    return hash < 0 ? "" : value.substring(hash + 1);
  }

  /** Without what may be secret. */
  @Override
  public String toString() {
    return prefix(kind) + (kind == Kind.ENC ? "****" : value);
  }
}
