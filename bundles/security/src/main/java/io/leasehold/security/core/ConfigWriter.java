// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core;

import io.leasehold.security.Peer;
import io.leasehold.security.Secret;
import io.leasehold.security.SecurityControl;
import io.leasehold.security.core.credential.CredentialFault;
import io.leasehold.security.core.credential.PrivateFile;
import io.leasehold.security.core.credential.Seal;
import io.leasehold.security.core.peer.PeerSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Writes keys and configuration where an operator would have written them. Any thread.
 *
 * @param etc directory of configuration
 * @param seal of this installation
 * @param random randomness for keys
 * @param attention what wants attention
 */
public record ConfigWriter(
    Path etc, Seal seal, SecureRandom random, Supplier<List<String>> attention)
    implements SecurityControl {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern IDENTITY = Pattern.compile("[\\p{Graph}&&[^\\\\$]]{1,128}");
  private static final int KEY_OCTETS = 32;
  private static final String KEYS = "leasehold/keys";
  private static final String OWNER_ONLY = "rw-------";

  @Override
  public KeyFiles generatePsk(String name, String identity) throws IOException {
    requireName(name);
    if (!IDENTITY.matcher(identity).matches()) {
      throw new IllegalArgumentException(
          "an identity has 1 to 128 visible ASCII characters without backslash and dollar sign,"
              + " PEER#1 for example");
    }
    Path keyFile = etc.resolve(KEYS).resolve(name + ".psk");
    Path configuration = configuration("credential", name);
    requireFree(keyFile);
    requireFree(configuration);
    PrivateFile.write(keyFile, newKey(), OWNER_ONLY);
    Map<String, String> values =
        Map.of("kind", "psk", "identity", identity, "secret", "file:" + KEYS + "/" + name + ".psk");
    try {
      write(configuration, values);
    } catch (IOException e) {
      Files.deleteIfExists(keyFile);
      throw e;
    }
    return new KeyFiles(name, identity, keyFile.toString(), configuration.toString());
  }

  private byte[] newKey() {
    byte[] key = new byte[KEY_OCTETS];
    random.nextBytes(key);
    byte[] text = (HexFormat.of().formatHex(key) + "\n").getBytes(StandardCharsets.US_ASCII);
    Arrays.fill(key, (byte) 0);
    return text;
  }

  @Override
  public String approvePeer(Peer peer) throws IOException {
    requireName(peer.id());
    Map<String, String> values = new TreeMap<>(PeerSpec.values(peer));
    values.values().removeIf(String::isEmpty);
    PeerSpec again = PeerSpec.of(peer.id(), values);
    if (!again.faults().isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", again.faults()));
    }
    Path configuration = configuration("peer", peer.id());
    requireFree(configuration);
    write(configuration, values);
    return configuration.toString();
  }

  @Override
  public String seal(Secret secret) throws IOException {
    try {
      return "enc:" + seal.close(secret);
    } catch (CredentialFault e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public List<String> alarms() {
    return attention.get();
  }

  private Path configuration(String kind, String name) {
    return etc.resolve("io.leasehold.security." + kind + "-" + name + ".cfg");
  }

  /** Written whole under another name first: what watches the directory must not see a part. */
  private static void write(Path file, Map<String, String> values) throws IOException {
    StringBuilder text = new StringBuilder("# SPDX-License-Identifier: Apache-2.0\n");
    new TreeMap<>(values)
        .forEach((key, value) -> text.append(key).append(" = ").append(value).append('\n'));
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    Files.deleteIfExists(part);
    PrivateFile.write(part, text.toString().getBytes(StandardCharsets.UTF_8), OWNER_ONLY);
    try {
      Files.createLink(file, part);
    } catch (FileAlreadyExistsException e) {
      throw new IllegalArgumentException(file + " is there already", e);
    } finally {
      Files.delete(part);
    }
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a name has 1 to 64 letters, digits, dots, hyphens and underscores and begins with a letter"
              + " or digit");
    }
  }

  private static void requireFree(Path file) {
    if (Files.exists(file)) {
      throw new IllegalArgumentException(file + " is there already");
    }
  }
}
