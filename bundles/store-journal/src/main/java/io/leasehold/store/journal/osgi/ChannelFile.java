// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal.osgi;

import com.sun.nio.file.ExtendedOpenOption;
import io.leasehold.store.journal.DiskFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A file by its channel. What has to be durable at once goes around the page cache where the file
 * system allows it: that saves a copy and one of the two system calls, and a device that can do so
 * writes it in one go.
 */
final class ChannelFile implements DiskFile {
  private enum Direct {
    UNTRIED,
    WORKS,
    FAILS
  }

  private final Path path;
  private final FileChannel channel;
  private final Around durably =
      new Around(
          Set.of(StandardOpenOption.WRITE, StandardOpenOption.DSYNC, ExtendedOpenOption.DIRECT));
  private final Around ahead =
      new Around(Set.of(StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT));

  /** The file that a channel was opened on, still under that name. */
  ChannelFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

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
    write(channel, at, from);
  }

  private static void write(FileChannel to, long at, ByteBuffer from) throws IOException {
    long offset = at;
    while (from.hasRemaining()) {
      offset += to.write(from, offset);
    }
  }

  @Override
  public void force(boolean metadata) throws IOException {
    channel.force(metadata);
  }

  @Override
  public void writeDurably(long at, ByteBuffer from) throws IOException {
    if (!durably.writes(at, from)) {
      write(at, from);
      force(false);
    }
  }

  @Override
  public void writeAhead(long at, ByteBuffer from) throws IOException {
    if (!ahead.writes(at, from)) {
      write(at, from);
      force(true);
    }
  }

  /** A second channel on the file, around the page cache. */
  private final class Around implements Closeable {
    private final Set<OpenOption> options;
    private FileChannel opened;
    private Direct direct = Direct.UNTRIED;

    Around(Set<OpenOption> options) {
      this.options = options;
    }

    /** False where this cannot be: some file systems refuse to open like this, others to write. */
    boolean writes(long at, ByteBuffer from) throws IOException {
      if (direct == Direct.UNTRIED) {
        int start = from.position();
        try {
          opened = FileChannel.open(path, options);
          write(opened, at, from);
          direct = Direct.WORKS;
          return true;
        } catch (IOException | UnsupportedOperationException | LinkageError e) {
          direct = Direct.FAILS;
          from.position(start);
          close();
        }
      } else if (direct == Direct.WORKS) {
        write(opened, at, from);
      }
      return direct == Direct.WORKS;
    }

    @Override
    public void close() throws IOException {
      if (opened != null) {
        opened.close();
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (channel;
        durably) {
      ahead.close();
    }
  }
}
