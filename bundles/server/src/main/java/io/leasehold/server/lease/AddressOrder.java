// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.LeaseKey;
import io.leasehold.net.Ipv6;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * Slots in the order of their addresses, then of their prefix lengths. Kept in chunks, so that
 * adding one moves little, and with the addresses beside the slots, so that a search stays in few
 * cache lines.
 */
final class AddressOrder {
  private static final int CHUNK = 512;

  private static final class Chunk {
    final int[] slots = new int[CHUNK];
    final long[] high = new long[CHUNK];
    final long[] low = new long[CHUNK];
    int count;

    void open(int at, int slot, Ipv6 address) {
      int behind = count - at;
      System.arraycopy(slots, at, slots, at + 1, behind);
      System.arraycopy(high, at, high, at + 1, behind);
      System.arraycopy(low, at, low, at + 1, behind);
      slots[at] = slot;
      high[at] = address.high();
      low[at] = address.low();
      count++;
    }

    void close(int at) {
      count--;
      int behind = count - at;
      System.arraycopy(slots, at + 1, slots, at, behind);
      System.arraycopy(high, at + 1, high, at, behind);
      System.arraycopy(low, at + 1, low, at, behind);
    }

    Chunk split(int at) {
      Chunk right = new Chunk();
      right.count = count - at;
      System.arraycopy(slots, at, right.slots, 0, right.count);
      System.arraycopy(high, at, right.high, 0, right.count);
      System.arraycopy(low, at, right.low, 0, right.count);
      count = at;
      return right;
    }
  }

  private final IntUnaryOperator lengthOf;
  private Chunk[] chunks = new Chunk[4];
  private int used;

  /** An empty order; prefix lengths of slots are looked up where addresses are equal. */
  AddressOrder(IntUnaryOperator lengthOf) {
    this.lengthOf = lengthOf;
  }

  /** Adds a slot with a key that is not there yet. */
  void add(int slot, LeaseKey key) {
    int index = chunkOf(key);
    if (index < 0) {
      index = 0;
      if (used == 0) {
        insert(0, new Chunk());
      }
    }
    Chunk chunk = chunks[index];
    int at = placeIn(chunk, key);
    if (chunk.count == CHUNK) {
      // What comes in ascending order leaves full chunks behind.
      boolean atEnd = at == CHUNK && index == used - 1;
      Chunk right = chunk.split(atEnd ? CHUNK : CHUNK / 2);
      insert(index + 1, right);
      if (atEnd || at > chunk.count) {
        at -= chunk.count;
        chunk = right;
      }
    }
    chunk.open(at, slot, key.address());
  }

  /** Removes a key that is there. */
  void remove(LeaseKey key) {
    int index = chunkOf(key);
    Chunk chunk = chunks[index];
    chunk.close(placeIn(chunk, key));
    if (chunk.count == 0) {
      System.arraycopy(chunks, index + 1, chunks, index, used - index - 1);
      chunks[--used] = null;
    }
  }

  /**
   * Visits the slots from a key on, that one included if it is there, until the visitor says false.
   *
   * @return whether the visitor never did
   */
  boolean from(LeaseKey key, IntPredicate visitor) {
    if (used == 0) {
      return true;
    }
    int index = Math.max(chunkOf(key), 0);
    int at = placeIn(chunks[index], key);
    for (; index < used; index++, at = 0) {
      for (; at < chunks[index].count; at++) {
        if (!visitor.test(chunks[index].slots[at])) {
          return false;
        }
      }
    }
    return true;
  }

  /** The last chunk that begins at or before a key; -1 if none does. */
  private int chunkOf(LeaseKey key) {
    int low = -1;
    int high = used - 1;
    while (low < high) {
      int middle = low + high + 1 >> 1;
      if (compare(chunks[middle], 0, key) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Place of the first key in a chunk that is not less. */
  private int placeIn(Chunk chunk, LeaseKey key) {
    int low = 0;
    int high = chunk.count;
    while (low < high) {
      int middle = low + high >>> 1;
      if (compare(chunk, middle, key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int compare(Chunk chunk, int at, LeaseKey key) {
    int order = Long.compareUnsigned(chunk.high[at], key.address().high());
    if (order == 0) {
      order = Long.compareUnsigned(chunk.low[at], key.address().low());
    }
    return order == 0
        ? Integer.compare(lengthOf.applyAsInt(chunk.slots[at]), key.prefixLength())
        : order;
  }

  private void insert(int index, Chunk chunk) {
    if (used == chunks.length) {
      chunks = Arrays.copyOf(chunks, used * 2);
    }
    System.arraycopy(chunks, index, chunks, index + 1, used - index);
    chunks[index] = chunk;
    used++;
  }
}
