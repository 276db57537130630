// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.osgi;

import io.leasehold.net.Bytes;
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
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One small file that only its owner may read, replaced whole. Of documents that come faster than
 * the disk takes them only the last is written. Any thread.
 */
final class ViewFile {
  private static final Logger LOG = LoggerFactory.getLogger(ViewFile.class);
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** More than all pools can have. */
  private static final long MOST_OCTETS = 32L * 1024 * 1024;

  private final Path file;
  private final Executor later;
  private final AtomicReference<Bytes> pending = new AtomicReference<>();
  private volatile String failure = "";

  /**
   * Touches nothing yet.
   *
   * @param later where it is written
   */
  ViewFile(Path file, Executor later) {
    this.file = file.toAbsolutePath();
    this.later = later;
  }

  /** What was written last; nothing if that cannot be read. Blocks. */
  Bytes read() {
    try {
      if (Files.size(file) > MOST_OCTETS) {
        failed(file + " is larger than anything this writes, and is not read");
        return Bytes.EMPTY;
      }
      return Bytes.wrap(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Bytes.EMPTY;
    } catch (IOException e) {
      failed(file + " cannot be read: " + e);
      return Bytes.EMPTY;
    }
  }

  /** Has a document written soon. Never blocks. */
  void save(Bytes document) {
    if (pending.getAndSet(document) == null) {
      later.execute(this::flush);
    }
  }

  /** Writes what is not written yet. Blocks. */
  synchronized void flush() {
    Bytes document = pending.getAndSet(null);
    if (document == null) {
      return;
    }
    try {
      replace(document);
      failure = "";
    } catch (IOException e) {
      failed(file + " cannot be written, so that a start without registrars knows no pool: " + e);
    }
  }

  private void failed(String sentence) {
    if (failure.isEmpty()) {
      LOG.error("pool user: {}", sentence);
    }
    failure = sentence;
  }

  /** What is wrong with it; empty if nothing is. */
  String failure() {
    return failure;
  }

  private void replace(Bytes octets) throws IOException {
    Files.createDirectories(file.getParent(), OWNER_DIRECTORY);
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(next);
    Set<StandardOpenOption> how = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    try (FileChannel channel = FileChannel.open(next, how, OWNER_FILE)) {
      ByteBuffer left = ByteBuffer.wrap(octets.toArray());
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
