// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.credential;

import io.leasehold.net.Bytes;
import io.leasehold.security.Credential;
import io.leasehold.security.Sanitizer;
import io.leasehold.security.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Reads pre-shared keys (RFC 9257). */
final class PreSharedKeyReader {
  /** 128 bits, the least that RFC 9257 section 5 asks for. */
  private static final int MIN_KEY_OCTETS = 16;

  /** What only consists of printable characters and is shorter was thought up by somebody. */
  private static final int PASSPHRASE_OCTETS = 32;

  private static final int MAX_IDENTITY_OCTETS = 128;

  private PreSharedKeyReader() {}

  static Loaded read(CredentialSpec spec, SecretPlaces.Look look) throws CredentialFault {
    Bytes identity = identity(spec, look);
    boolean sha384 = sha384(spec);
    byte[] key = key(spec, look);
    try {
      List<String> remarks = new ArrayList<>();
      judge(key, spec.flag("allow.low.entropy")).ifPresent(remarks::add);
      Bytes content = Digests.sha256(identity.toArray(), key, new byte[] {(byte) (sha384 ? 1 : 0)});
      String detail =
          "identity %s, %d octets, %s"
              .formatted(Sanitizer.line(identity), key.length, sha384 ? "SHA-384" : "SHA-256");
      Credential.PreSharedKey credential =
          new Credential.PreSharedKey(spec.name(), identity, Secret.of(key.clone()), sha384);
      return new Loaded(credential, content, detail, Optional.empty(), remarks);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** Throws for a key that is guessed too easily; tells of one that was allowed nevertheless. */
  private static Optional<String> judge(byte[] key, boolean allowed) throws CredentialFault {
    if (key.length < MIN_KEY_OCTETS) {
      throw CredentialFault.inContent(
          "the key has %d octets; at least %d random ones are needed, better 32 (dhcp:psk-generate)"
              .formatted(key.length, MIN_KEY_OCTETS));
    }
    if (key.length >= PASSPHRASE_OCTETS || !printable(key)) {
      return Optional.empty();
    }
    if (!allowed) {
      throw CredentialFault.inContent(
          "the key looks like a passphrase; make one with dhcp:psk-generate (allow.low.entropy ="
              + " true accepts it in a laboratory)");
    }
    return Optional.of("the key looks like a passphrase and is accepted by allow.low.entropy");
  }

  private static Bytes identity(CredentialSpec spec, SecretPlaces.Look look)
      throws CredentialFault {
    String text = spec.values().get("identity");
    if (text == null) {
      throw new CredentialFault("identity is missing; write identity = PEER#1 for example");
    }
    Optional<Reference> reference = Reference.of(text);
    Bytes identity =
        reference.isPresent() ? Bytes.wrap(look.open(reference.get())) : Bytes.ofUtf8(text.strip());
    if (reference.isPresent()) {
      identity = Bytes.ofUtf8(identity.toUtf8().strip());
    }
    if (identity.isEmpty() || identity.length() > MAX_IDENTITY_OCTETS) {
      throw new CredentialFault(
          "identity has %d octets; 1 to %d are accepted"
              .formatted(identity.length(), MAX_IDENTITY_OCTETS));
    }
    return identity;
  }

  private static boolean sha384(CredentialSpec spec) throws CredentialFault {
    return switch (spec.values().getOrDefault("hash", "sha256")) {
      case "sha256" -> false;
      case "sha384" -> true;
      default -> throw new CredentialFault("hash must be sha256 or sha384");
    };
  }

  private static byte[] key(CredentialSpec spec, SecretPlaces.Look look) throws CredentialFault {
    Reference reference = spec.wanted("secret");
    if (reference.kind() == Reference.Kind.KEYSTORE) {
      return ofKeyStore(spec, reference, look);
    }
    try (Secret secret = look.secret(reference)) {
      byte[] octets = secret.copy();
      byte[] key = decoded(octets);
      if (key != octets) {
        Arrays.fill(octets, (byte) 0);
      }
      return key;
    }
  }

  private static byte[] ofKeyStore(CredentialSpec spec, Reference reference, SecretPlaces.Look look)
      throws CredentialFault {
    char[] password = Passwords.of(spec, "keystore.password", look);
    try {
      Key key = look.keyStore(reference, password).getKey(reference.alias(), password);
      if (key == null || key.getEncoded() == null) {
        throw CredentialFault.inContent(reference + " is no secret key");
      }
      return key.getEncoded();
    } catch (GeneralSecurityException e) {
      throw CredentialFault.inContent(reference + " cannot be opened with keystore.password");
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /** A key is written as it is, or in hexadecimal digits, with or without an end of line. */
  private static byte[] decoded(byte[] octets) {
    int length = octets.length;
    while (length > 0 && (octets[length - 1] == '\n' || octets[length - 1] == '\r')) {
      length--;
    }
    boolean hex = length >= 2 * MIN_KEY_OCTETS && length % 2 == 0;
    for (int i = 0; i < length && hex; i++) {
      hex = HexFormat.isHexDigit(octets[i]);
    }
    if (hex) {
      byte[] key = new byte[length / 2];
      for (int i = 0; i < key.length; i++) {
        key[i] =
            (byte)
                (HexFormat.fromHexDigit(octets[2 * i]) << 4
                    | HexFormat.fromHexDigit(octets[2 * i + 1]));
      }
      return key;
    }
    // Of a key in text an editor leaves an end of line; in random octets it is part of the key.
    boolean text = length < octets.length && printable(Arrays.copyOf(octets, length));
    return text ? Arrays.copyOf(octets, length) : octets;
  }

  private static boolean printable(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1)
        .chars()
        .allMatch(c -> c >= 0x20 && c < 0x7f);
  }
}
