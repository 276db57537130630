// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.credential;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that are made with their mode, so that nobody can open them in between. */
public final class PrivateFile {
  /** No credential is as long; what is longer was named by mistake. */
  private static final int MAX_OCTETS = 1 << 20;

  private PrivateFile() {}

  /**
   * Writes a new file.
   *
   * @param mode as {@code rw-------}
   * @throws java.nio.file.FileAlreadyExistsException if there is one
   */
  public static void write(Path file, byte[] octets, String mode) throws IOException {
    makeDirectory(file.toAbsolutePath().getParent());
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)))) {
      ByteBuffer rest = ByteBuffer.wrap(octets);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    } catch (IOException e) {
      if (!(e instanceof java.nio.file.FileAlreadyExistsException)) {
        Files.deleteIfExists(file);
      }
      throw e;
    }
  }

  /** Makes a directory that only its owner may enter, unless there is one. */
  public static void makeDirectory(Path directory) throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  static byte[] read(Path file) throws CredentialFault {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] octets = in.readNBytes(MAX_OCTETS + 1);
      if (octets.length > MAX_OCTETS) {
        throw new CredentialFault(file + " is longer than " + MAX_OCTETS + " octets");
      }
      return octets;
    } catch (NoSuchFileException e) {
      throw new CredentialFault(file + " is not there");
    } catch (IOException e) {
      throw new CredentialFault(file + " cannot be read: " + e);
    }
  }
}
