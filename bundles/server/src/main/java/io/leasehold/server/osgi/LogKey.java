// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.net.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secret from which the log's names for clients are made. It is of this installation alone;
 * whoever deletes its file makes names of before meaningless.
 */
final class LogKey {
  private static final Logger LOG = LoggerFactory.getLogger(LogKey.class);
  private static final FileAttribute<?> OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final String NAME = "log.key";
  private static final int OCTETS = 32;

  private LogKey() {}

  /** The one in a directory, made if there is none; without a file one until the next start. */
  static Bytes in(Path directory) {
    try {
      Path file = directory.resolve(NAME);
      if (Files.exists(file)) {
        Bytes kept = Bytes.wrap(Files.readAllBytes(file));
        if (kept.length() == OCTETS) {
          return kept;
        }
        Files.delete(file);
      }
      Files.createDirectories(directory);
      Bytes made = made();
      Files.write(Files.createFile(file, OWNER), made.toArray());
      return made;
    } catch (IOException | UnsupportedOperationException e) {
      LOG.warn("names of clients in the log are others after the next start: {}", e.toString());
      return made();
    }
  }

  private static Bytes made() {
    byte[] octets = new byte[OCTETS];
    new SecureRandom().nextBytes(octets);
    return Bytes.copyOf(octets);
  }
}
