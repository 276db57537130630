// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.credential;

import io.leasehold.security.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets for configurations with a key of this installation (AES-256-GCM). The key lies
 * outside of {@code etc}, so that a copy of the configuration alone opens nothing. May be used from
 * any thread.
 */
public final class Seal {
  private static final int KEY_OCTETS = 32;
  private static final int NONCE_OCTETS = 12;
  private static final int TAG_BITS = 128;
  private static final byte[] PURPOSE =
      "leasehold sealed configuration value 1".getBytes(StandardCharsets.US_ASCII);

  private final Path keyFile;
  private final FileRights rights;
  private final SecureRandom random;

  /** Seals with the key in that file, which is made when it is first needed. */
  public Seal(Path keyFile, FileRights rights, SecureRandom random) {
    this.keyFile = keyFile;
    this.rights = rights;
    this.random = random;
  }

  /** What follows {@code enc:} in a configuration. */
  public synchronized String close(Secret secret) throws IOException, CredentialFault {
    if (!Files.exists(keyFile)) {
      byte[] key = new byte[KEY_OCTETS];
      random.nextBytes(key);
      PrivateFile.write(keyFile, key, "r--------");
      Arrays.fill(key, (byte) 0);
    }
    byte[] nonce = new byte[NONCE_OCTETS];
    random.nextBytes(nonce);
    byte[] plain = secret.copy();
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plain);
      byte[] all = Arrays.copyOf(nonce, nonce.length + sealed.length);
      System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IOException("AES-256-GCM does not work here", e);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /** The secret again. */
  synchronized Secret open(String text) throws CredentialFault {
    if (!Files.exists(keyFile)) {
      throw new CredentialFault(
          "the sealed value cannot be opened: " + keyFile + " is not there; seal the secret anew");
    }
    try {
      byte[] all = Base64.getUrlDecoder().decode(text);
      byte[] nonce = Arrays.copyOf(all, NONCE_OCTETS);
      return Secret.of(
          cipher(Cipher.DECRYPT_MODE, nonce)
              .doFinal(all, NONCE_OCTETS, Math.max(0, all.length - NONCE_OCTETS)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new CredentialFault(
          "the sealed value was not made with "
              + keyFile
              + ", or was changed; seal the secret anew");
    }
  }

  private Cipher cipher(int mode, byte[] nonce) throws CredentialFault, GeneralSecurityException {
    rights.requirePrivate(keyFile);
    byte[] key = PrivateFile.read(keyFile);
    try {
      if (key.length != KEY_OCTETS) {
        throw new CredentialFault(keyFile + " holds no key of " + KEY_OCTETS + " octets");
      }
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(PURPOSE);
      return cipher;
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }
}
