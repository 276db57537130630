// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal.osgi;

import io.leasehold.store.journal.Disk;
import io.leasehold.store.journal.DiskFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A locked directory of the file system. */
final class FileDisk implements Disk {
  private final Path directory;
  private final FileChannel lock;
  private final Runnable onClose;

  FileDisk(Path directory, FileChannel lock, Runnable onClose) {
    this.directory = directory;
    this.lock = lock;
    this.onClose = onClose;
  }

  @Override
  public List<String> list() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Override
  public DiskFile open(String name) throws IOException {
    return channel(name, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  @Override
  public DiskFile create(String name) throws IOException {
    // A new file, because the mode of an old one cannot be relied upon.
    Files.deleteIfExists(directory.resolve(name));
    return channel(
        name,
        Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
  }

  private DiskFile channel(String name, Set<? extends OpenOption> options) throws IOException {
    Path file = directory.resolve(name);
    return new ChannelFile(file, FileChannel.open(file, options, FileMedium.OWNER_FILE));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(directory.resolve(from), directory.resolve(to), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(directory.resolve(name));
  }

  @Override
  public void sync() throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public long freeOctets() throws IOException {
    return Files.getFileStore(directory).getUsableSpace();
  }

  @Override
  public String place() {
    return directory.toString();
  }

  @Override
  public void close() throws IOException {
    try {
      lock.close();
    } finally {
      onClose.run();
    }
  }
}
