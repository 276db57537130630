// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.server.memory.OffHeap;
import io.leasehold.server.memory.Records;
import java.nio.ByteBuffer;

/** Leaves of an order: short rows of slot numbers. Owner: the lane's thread. */
final class SlotLeaves {
  /** How many slots a leaf holds at most. */
  static final int CAPACITY = 256;

  private final Records records;

  SlotLeaves(OffHeap memory) {
    this.records = new Records(memory, CAPACITY * Integer.BYTES);
  }

  int take() {
    return records.take();
  }

  void give(int leaf) {
    records.give(leaf);
  }

  int get(int leaf, int at) {
    return records.getInt(leaf, at * Integer.BYTES);
  }

  void set(int leaf, int at, int slot) {
    records.putInt(leaf, at * Integer.BYTES, slot);
  }

  /** Copies slots from one place to another, perhaps in the same leaf. */
  void move(int from, int fromAt, int to, int toAt, int count) {
    if (count > 0) {
      ByteBuffer target = records.page(to);
      target.put(
          records.at(to) + toAt * Integer.BYTES,
          records.page(from),
          records.at(from) + fromAt * Integer.BYTES,
          count * Integer.BYTES);
    }
  }

  void clear() {
    records.clear();
  }
}
