// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.credential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;

/**
 * Who may read and write files on which safety rests.
 *
 * @param serviceUser who runs this process
 */
public record FileRights(UserPrincipal serviceUser) {
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);
  private static final Set<PosixFilePermission> WRITE_OF_OTHERS =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  /** What a file was like when it was read; a change of it means to read again. */
  record Stamp(FileTime changed, long size, Object fileKey, String mode, UserPrincipal owner) {}

  /** Only the service user may read and write the file. */
  void requirePrivate(Path file) throws CredentialFault {
    PosixFileAttributes attributes = attributes(file);
    if (attributes.permissions().stream().anyMatch(OTHERS::contains)) {
      throw new CredentialFault(
          "%s has mode %s, so that others may use it; say: chmod 600 %s"
              .formatted(file, PosixFilePermissions.toString(attributes.permissions()), file));
    }
    if (!attributes.owner().equals(serviceUser)) {
      throw new CredentialFault(
          "%s belongs to %s and the server runs as %s; say: chown %s %s"
              .formatted(file, attributes.owner(), serviceUser, serviceUser, file));
    }
  }

  /** Nobody but its owner may change the file. */
  void requireUnaltered(Path file) throws CredentialFault {
    if (attributes(file).permissions().stream().anyMatch(WRITE_OF_OTHERS::contains)) {
      throw new CredentialFault(
          "%s may be written by others; say: chmod go-w %s".formatted(file, file));
    }
  }

  /** What the file is like; null if it is not there. */
  static Stamp stamp(Path file) {
    try {
      PosixFileAttributes now = Files.readAttributes(file, PosixFileAttributes.class);
      return new Stamp(
          now.lastModifiedTime(),
          now.size(),
          now.fileKey(),
          PosixFilePermissions.toString(now.permissions()),
          now.owner());
    } catch (IOException e) {
      return null;
    }
  }

  private static PosixFileAttributes attributes(Path file) throws CredentialFault {
    try {
      PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw new CredentialFault(file + " is not a regular file");
      }
      return attributes;
    } catch (NoSuchFileException e) {
      throw new CredentialFault(file + " is not there");
    } catch (IOException e) {
      throw new CredentialFault(file + " cannot be looked at: " + e);
    }
  }
}
