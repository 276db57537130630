// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelFileTest {
  private static final int BLOCK = 4096;

  @TempDir Path directory;
  private Path path;

  @BeforeEach
  void fill() throws IOException {
    path = directory.resolve("file");
    Files.write(path, new byte[8 * BLOCK]);
  }

  private ChannelFile open(Path name) throws IOException {
    return new ChannelFile(
        name, FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  private static ByteBuffer block(int value, int octets) {
    ByteBuffer block = ByteBuffer.allocateDirect(octets + BLOCK).alignedSlice(BLOCK).limit(octets);
    while (block.hasRemaining()) {
      block.put((byte) value);
    }
    return block.flip();
  }

  private byte[] read(ChannelFile file, int at, int octets) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(octets);
    file.read(at, into);
    assertThat(into.hasRemaining()).isFalse();
    return into.array();
  }

  private static byte[] octets(int value, int octets) {
    byte[] all = new byte[octets];
    Arrays.fill(all, (byte) value);
    return all;
  }

  @Test
  void whatWasWrittenInEitherWayIsRead() throws IOException {
    try (ChannelFile file = open(path)) {
      file.writeDurably(BLOCK, block(1, BLOCK));
      assertThat(read(file, BLOCK, BLOCK)).isEqualTo(octets(1, BLOCK));
      file.write(BLOCK, block(2, BLOCK));
      assertThat(read(file, BLOCK, BLOCK)).isEqualTo(octets(2, BLOCK));
      file.force(false);
      file.writeDurably(BLOCK, block(3, 2 * BLOCK));
      assertThat(read(file, BLOCK, 2 * BLOCK)).isEqualTo(octets(3, 2 * BLOCK));
    }
    assertThat(Files.size(path)).isEqualTo(8 * BLOCK);
    assertThat(Files.readAllBytes(path)).startsWith(octets(0, BLOCK));
  }

  @Test
  void itGoesOnAfterItWasRenamed() throws IOException {
    try (ChannelFile file = open(path)) {
      file.writeDurably(0, block(1, BLOCK));
      path = Files.move(path, directory.resolve("renamed"));

      file.writeDurably(BLOCK, block(2, BLOCK));

      assertThat(read(file, BLOCK, BLOCK)).isEqualTo(octets(2, BLOCK));
    }
    assertThat(Files.readAllBytes(path)).startsWith(octets(1, BLOCK));
  }

  /** As on a file system that knows no such access. */
  @Test
  void whatCannotGoAroundTheCacheGoesThroughIt() throws IOException {
    try (ChannelFile file = open(directory.resolve("not there"))) {
      file.writeDurably(0, block(1, BLOCK));
      file.writeDurably(BLOCK, block(2, BLOCK));

      assertThat(read(file, 0, BLOCK)).isEqualTo(octets(1, BLOCK));
      assertThat(read(file, BLOCK, BLOCK)).isEqualTo(octets(2, BLOCK));
    }
  }

  @Test
  void anyLengthAndMemoryWillDo() throws IOException {
    try (ChannelFile file = open(path)) {
      file.writeDurably(10, ByteBuffer.wrap(octets(1, 100)));

      assertThat(read(file, 10, 100)).isEqualTo(octets(1, 100));
    }
  }

  @Test
  void aClosedFileIsNotWritten() throws IOException {
    ChannelFile file = open(path);
    file.writeDurably(0, block(1, BLOCK));
    file.close();

    assertThatThrownBy(() -> file.writeDurably(BLOCK, block(2, BLOCK)))
        .isInstanceOf(ClosedChannelException.class);
    assertThat(Files.readAllBytes(path)).endsWith(octets(0, 7 * BLOCK));
  }
}
