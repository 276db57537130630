// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.credential;

import io.leasehold.security.Secret;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Passwords of files; the caller overwrites them after use. */
final class Passwords {
  private Passwords() {}

  /** The password behind a reference, without an end of line; empty if none is configured. */
  static char[] of(CredentialSpec spec, String key, SecretPlaces.Look look) throws CredentialFault {
    Optional<Reference> reference = spec.reference(key);
    if (reference.isEmpty()) {
      return new char[0];
    }
    try (Secret secret = look.secret(reference.get())) {
      byte[] octets = secret.copy();
      CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(octets));
      Arrays.fill(octets, (byte) 0);
      int length = decoded.length();
      while (length > 0 && (decoded.get(length - 1) == '\n' || decoded.get(length - 1) == '\r')) {
        length--;
      }
      char[] password = new char[length];
      decoded.get(password);
      Arrays.fill(decoded.array(), '\0');
      return password;
    }
  }
}
