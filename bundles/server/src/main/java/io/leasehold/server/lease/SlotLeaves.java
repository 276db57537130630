// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.server.memory.OffHeap;
import io.leasehold.server.memory.Records;
import java.nio.ByteBuffer;

/**
 * Leaves of an order: short rows of slot numbers, each beside the part of its key that differs
 * most, so that a search need not look at the slots. Owner: the lane's thread.
 */
final class SlotLeaves {
  /** How many slots a leaf holds at most. */
  static final int CAPACITY = 340;

  private static final int OCTETS = 1 << 12;
  private static final int SLOTS = CAPACITY * Long.BYTES;

  private final Records records;

  SlotLeaves(OffHeap memory) {
    this.records = new Records(memory, OCTETS);
  }

  int take() {
    return records.take();
  }

  void give(int leaf) {
    records.give(leaf);
  }

  int slot(int leaf, int at) {
    return records.getInt(leaf, SLOTS + at * Integer.BYTES);
  }

  /** The part of the key of the slot at a place. */
  long part(int leaf, int at) {
    return records.getLong(leaf, at * Long.BYTES);
  }

  void set(int leaf, int at, int slot, long part) {
    records.putInt(leaf, SLOTS + at * Integer.BYTES, slot);
    records.putLong(leaf, at * Long.BYTES, part);
  }

  /** Copies slots from one place to another, perhaps in the same leaf. */
  void move(int from, int fromAt, int to, int toAt, int count) {
    if (count > 0) {
      copy(from, fromAt * Long.BYTES, to, toAt * Long.BYTES, count * Long.BYTES);
      copy(
          from,
          SLOTS + fromAt * Integer.BYTES,
          to,
          SLOTS + toAt * Integer.BYTES,
          count * Integer.BYTES);
    }
  }

  private void copy(int from, int fromField, int to, int toField, int octets) {
    ByteBuffer target = records.page(to);
    target.put(records.at(to) + toField, records.page(from), records.at(from) + fromField, octets);
  }

  void clear() {
    records.clear();
  }
}
