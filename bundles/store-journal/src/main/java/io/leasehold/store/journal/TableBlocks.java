// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the blocks of a table side by side, each with its checks. Blocks hold different keys, so
 * that their order does not matter.
 */
final class TableBlocks {
  /** Pieces for each worker, so that none is left alone at the end. */
  private static final int PIECES = 4;

  private final Disk disk;
  private final FileHeader header;
  private final List<long[]> starts = new ArrayList<>();

  /** Takes the records of blocks; called by several threads at once. */
  interface BlockTaker {
    /** The records of one block; the octets change after the call. */
    void take(byte[] octets, int from, int to) throws IOException;
  }

  /** Reads the table with a header. */
  TableBlocks(Disk disk, FileHeader header) {
    this.disk = disk;
    this.header = header;
  }

  /** Gives all blocks; returns what the table says about itself. */
  Table forEach(Workers workers, BlockTaker taker) throws IOException {
    Table table = index();
    List<Workers.Piece> pieces = new ArrayList<>();
    int each = starts.size() / (PIECES * workers.width()) + 1;
    for (int from = 0; from < starts.size(); from += each) {
      List<long[]> range = starts.subList(from, Math.min(from + each, starts.size()));
      pieces.add(() -> read(range, taker));
    }
    workers.run(pieces);
    return table;
  }

  /** Finds where blocks begin, and reads the last. */
  private Table index() throws IOException {
    String name = header.fileName();
    try (DiskFile file = disk.open(name)) {
      TableBlock block = new TableBlock(file, name, header.number());
      long at = FileHeader.BLOCK;
      for (int length = block.peek(at); !block.isLast(); length = block.peek(at)) {
        starts.add(new long[] {at, starts.size()});
        at += length;
      }
      return block.summary(header, block.read(at, starts.size()));
    }
  }

  private void read(List<long[]> range, BlockTaker taker) throws IOException {
    String name = header.fileName();
    try (DiskFile file = disk.open(name)) {
      TableBlock block = new TableBlock(file, name, header.number());
      for (long[] start : range) {
        block.read(start[0], start[1]);
        if (block.isLast()) {
          throw new DamageException(name, start[0], "the block belongs elsewhere");
        }
        taker.take(block.octets(), TableBlock.HEADER, block.end());
      }
    }
  }
}
