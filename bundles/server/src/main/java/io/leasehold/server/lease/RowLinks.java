// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.server.memory.OffHeap;
import io.leasehold.server.memory.Pages;
import io.leasehold.server.memory.Records;
import java.nio.ByteBuffer;

/**
 * Up to four numbers for each slot: in the slot itself, where every lease needs them, or in pages
 * of their own, which are there only where a lease needs them. Owner: the lane's thread.
 */
interface RowLinks {
  /** Octets of the numbers of one slot. */
  int OCTETS = 16;

  int get(int slot, int field);

  void set(int slot, int field, int value);

  /** Makes sure that there is room for the numbers of a slot. */
  void open(int slot);

  /** Gives everything back. */
  void clear();

  /** In the slots, from an octet on. */
  record InSlots(Records records, int from) implements RowLinks {
    @Override
    public int get(int slot, int field) {
      return records.getInt(slot, from + field);
    }

    @Override
    public void set(int slot, int field, int value) {
      records.putInt(slot, from + field, value);
    }

    @Override
    public void open(int slot) {
      // The slot is the room.
    }

    @Override
    public void clear() {
      // Whose slots they are clears them.
    }
  }

  /** In pages that are opened as needed. */
  final class Apart implements RowLinks {
    private static final int PER_PAGE = OffHeap.PAGE / OCTETS;

    private final Pages pages;

    Apart(OffHeap memory) {
      this.pages = new Pages(memory);
    }

    @Override
    public int get(int slot, int field) {
      return page(slot).getInt(slot % PER_PAGE * OCTETS + field);
    }

    @Override
    public void set(int slot, int field, int value) {
      page(slot).putInt(slot % PER_PAGE * OCTETS + field, value);
    }

    private ByteBuffer page(int slot) {
      return pages.page(slot / PER_PAGE);
    }

    @Override
    public void open(int slot) {
      if (!pages.has(slot / PER_PAGE)) {
        pages.open(slot / PER_PAGE);
      }
    }

    @Override
    public void clear() {
      pages.trim(0);
    }
  }
}
