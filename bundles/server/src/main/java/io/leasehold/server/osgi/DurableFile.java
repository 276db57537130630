// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is replaced whole: written beside its place, made durable, and moved there. Blocks.
 */
final class DurableFile {
  /** What fills the file. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private final Path place;
  private final Path fresh;

  private DurableFile(Path place, Path fresh) {
    this.place = place;
    this.fresh = fresh;
  }

  /** A text in UTF-8. */
  static Content text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Replaces a file. */
  static void replace(Path file, Content content) throws IOException {
    prepare(file, content).place();
  }

  /** Writes the file beside its place; an existing one keeps its permissions. */
  static DurableFile prepare(Path file, Content content) throws IOException {
    // A link stays a link.
    Path place = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Files.createDirectories(place.getParent());
    Path fresh = place.resolveSibling("." + place.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      content.writeTo(Channels.newOutputStream(channel));
      channel.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(fresh);
      throw e;
    }
    if (Files.exists(place)) {
      Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(place));
    }
    return new DurableFile(place, fresh);
  }

  /** Moves it to its place. */
  void place() throws IOException {
    Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceDirectory(place.getParent());
  }

  /** Gives it up. */
  void discard() throws IOException {
    Files.deleteIfExists(fresh);
  }

  /** Removes a file for good. */
  static void remove(Path file) throws IOException {
    Files.deleteIfExists(file);
    forceDirectory(file.toAbsolutePath().getParent());
  }

  private static void forceDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
