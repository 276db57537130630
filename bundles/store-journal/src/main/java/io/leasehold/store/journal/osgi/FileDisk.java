// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal.osgi;

import io.leasehold.store.journal.Disk;
import io.leasehold.store.journal.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
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
    return new ChannelFile(
        FileChannel.open(directory.resolve(name), options, FileMedium.OWNER_FILE));
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

  /** A file by its channel. */
  private record ChannelFile(FileChannel channel) implements DiskFile {
    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void read(long at, ByteBuffer into) throws IOException {
      long offset = at;
      while (into.hasRemaining()) {
        int octets = channel.read(into, offset);
        if (octets < 0) {
          return;
        }
        offset += octets;
      }
    }

    @Override
    public void write(long at, ByteBuffer from) throws IOException {
      long offset = at;
      while (from.hasRemaining()) {
        offset += channel.write(from, offset);
      }
    }

    @Override
    public void force(boolean metadata) throws IOException {
      channel.force(metadata);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
