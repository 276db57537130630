// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.osgi;

import io.leasehold.net.Bytes;
import io.leasehold.relay.agent.prefix.PrefixMedium;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** One file that only its owner may read. One thread. */
final class FilePrefixMedium implements PrefixMedium {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path file;

  FilePrefixMedium(Path file) {
    this.file = file.toAbsolutePath();
  }

  /**
   * That of a relay agent.
   *
   * @param data directory of the instance; null: below the working directory
   * @param name of the relay agent; what no name of a file has is replaced
   */
  static FilePrefixMedium of(String data, String name) {
    String file = "relay-" + name.replaceAll("[^A-Za-z0-9._-]", "_") + ".prefixes";
    return new FilePrefixMedium(Path.of(data == null ? "data" : data, "leasehold", file));
  }

  @Override
  public Bytes read() throws IOException {
    try {
      return Bytes.wrap(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Bytes.EMPTY;
    }
  }

  @Override
  public void append(Bytes octets) throws IOException {
    // Not created here: a file that somebody has removed must be written whole.
    write(file, octets, Set.of(StandardOpenOption.WRITE, StandardOpenOption.APPEND));
  }

  @Override
  public void replace(Bytes octets) throws IOException {
    Files.createDirectories(file.getParent(), OWNER_DIRECTORY);
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(next);
    write(next, octets, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private static void write(Path where, Bytes octets, Set<StandardOpenOption> how)
      throws IOException {
    try (FileChannel channel = FileChannel.open(where, how, OWNER_FILE)) {
      ByteBuffer left = ByteBuffer.wrap(octets.toArray());
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
  }

  @Override
  public String place() {
    return file.toString();
  }
}
