// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal.osgi;

import com.sun.nio.file.ExtendedOpenOption;
import io.leasehold.store.journal.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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
  private FileChannel around;
  private Direct direct = Direct.UNTRIED;

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
    if (direct == Direct.WORKS) {
      write(around, at, from);
    } else if (direct == Direct.FAILS || !triesDirectly(at, from)) {
      write(at, from);
      force(false);
    }
  }

  /** The first time: some file systems refuse to open like this, others to write. */
  private boolean triesDirectly(long at, ByteBuffer from) throws IOException {
    int start = from.position();
    try {
      around =
          FileChannel.open(
              path,
              Set.of(
                  StandardOpenOption.WRITE, StandardOpenOption.DSYNC, ExtendedOpenOption.DIRECT));
      write(around, at, from);
      direct = Direct.WORKS;
      return true;
    } catch (IOException | UnsupportedOperationException | LinkageError e) {
      direct = Direct.FAILS;
      from.position(start);
      closeAround();
      return false;
    }
  }

  private void closeAround() throws IOException {
    if (around != null) {
      around.close();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      closeAround();
    } finally {
      channel.close();
    }
  }
}
