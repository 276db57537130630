// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.memory;

import java.nio.ByteBuffer;

/**
 * Blocks of one size outside the heap, always packed: the last one moves into the place of one that
 * goes. So there are no gaps, and memory follows the number of blocks. Each begins with the number
 * of its owner, who has to be told. One thread at a time.
 */
public final class Blocks {
  /** Octets of the owner's number in front of what a block holds. */
  public static final int HEADER = Integer.BYTES;

  private final int size;
  private final int perPage;
  private final Pages pages;
  private int count;

  /**
   * No blocks yet.
   *
   * @param size octets of one with its header, at most {@link OffHeap#PAGE}
   */
  public Blocks(OffHeap memory, int size) {
    this.size = size;
    this.perPage = OffHeap.PAGE / size;
    this.pages = new Pages(memory);
  }

  /** Adds a block; its place. */
  public int add(int owner) {
    int place = count;
    pages.ensure((long) (place / perPage) * OffHeap.PAGE + at(place) + size);
    count++;
    page(place).putInt(at(place), owner);
    return place;
  }

  /**
   * Removes a block.
   *
   * @return the owner of the block that moved into its place; {@link Records#NONE} if none did
   */
  public int remove(int place) {
    int last = --count;
    int moved = Records.NONE;
    if (last != place) {
      page(place).put(at(place), page(last), at(last), size);
      moved = page(place).getInt(at(place));
    }
    // One page more than needed stays, so that coming and going at its border costs nothing.
    int needed = count == 0 ? 0 : (count + perPage - 1) / perPage + 1;
    pages.trim((long) needed * OffHeap.PAGE);
    return moved;
  }

  /** Copies what a block holds. */
  public void read(int place, byte[] into, int from, int length) {
    page(place).get(at(place) + HEADER, into, from, length);
  }

  /** Sets what a block holds. */
  public void write(int place, byte[] out, int from, int length) {
    page(place).put(at(place) + HEADER, out, from, length);
  }

  private ByteBuffer page(int place) {
    return pages.page(place / perPage);
  }

  private int at(int place) {
    return place % perPage * size;
  }

  /** Gives everything back. */
  public void clear() {
    pages.trim(0);
    count = 0;
  }
}
