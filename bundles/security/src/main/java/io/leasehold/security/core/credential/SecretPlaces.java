// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.credential;

import io.leasehold.security.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Follows references to where things are.
 *
 * @param etc where relative paths start
 * @param rights who may read and write files
 * @param environment of the process; null for a variable that is not set
 * @param seal opens sealed values
 */
public record SecretPlaces(
    Path etc, FileRights rights, UnaryOperator<String> environment, Seal seal) {

  /** One look at the places, which remembers the files that it opened. */
  final class Look {
    private final Set<Path> files = new TreeSet<>();

    Set<Path> files() {
      return files;
    }

    /** Octets that nobody else may see. */
    Secret secret(Reference reference) throws CredentialFault {
      return switch (reference.kind()) {
        case FILE -> Secret.of(read(reference, true));
        case ENV -> Secret.of(variable(reference).getBytes(StandardCharsets.UTF_8));
        case ENC -> seal.open(reference.value());
        case KEYSTORE ->
            throw new CredentialFault(
                reference + " cannot hold this; accepted are file:, env:, enc:");
      };
    }

    /** Octets that are no secret, but must not be changed by others. */
    byte[] open(Reference reference) throws CredentialFault {
      if (reference.kind() == Reference.Kind.FILE) {
        return read(reference, false);
      }
      try (Secret secret = secret(reference)) {
        return secret.copy();
      }
    }

    /** A PKCS #12 file. */
    KeyStore keyStore(Reference reference, char[] password) throws CredentialFault {
      byte[] octets = read(reference, true);
      try {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(octets), password);
        return store;
      } catch (IOException | GeneralSecurityException e) {
        throw CredentialFault.inContent(
            reference.path()
                + " is no PKCS #12 file that opens with its password (keystore.password = file:PATH)");
      } finally {
        Arrays.fill(octets, (byte) 0);
      }
    }

    private byte[] read(Reference reference, boolean secret) throws CredentialFault {
      Path file = etc.resolve(reference.path()).normalize();
      files.add(file);
      if (secret) {
        rights.requirePrivate(file);
      } else {
        rights.requireUnaltered(file);
      }
      return PrivateFile.read(file);
    }

    private String variable(Reference reference) throws CredentialFault {
      String value = environment.apply(reference.value());
      if (value == null || value.isEmpty()) {
        throw new CredentialFault(
            "variable " + reference.value() + " is not set in the environment of the server");
      }
      return value;
    }
  }

  /** Begins to look. */
  Look look() {
    return new Look();
  }
}
