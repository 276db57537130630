// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.memory;

import java.nio.ByteBuffer;

/**
 * Records of one size outside the heap, by number. Numbers that were given back are given out
 * again. A record that was given out may hold anything. One thread at a time.
 */
public final class Records {
  /** No record. */
  public static final int NONE = -1;

  private final int size;
  private final int shift;
  private final int mask;
  private final Pages pages;
  private int end;
  private int spare = NONE;
  private int used;

  /**
   * No records yet.
   *
   * @param size octets of one: a power of two, at least 4
   */
  public Records(OffHeap memory, int size) {
    this.size = size;
    this.shift = Integer.numberOfTrailingZeros(OffHeap.PAGE / size);
    this.mask = (1 << shift) - 1;
    this.pages = new Pages(memory);
  }

  /** A number for a new record. */
  public int take() {
    int record = spare;
    if (record != NONE) {
      spare = getInt(record, 0);
    } else {
      pages.ensure((end + 1L) * size);
      record = end++;
    }
    used++;
    return record;
  }

  /** Gives a record back. When the last one is, so is all memory. */
  public void give(int record) {
    if (--used == 0) {
      clear();
    } else {
      putInt(record, 0, spare);
      spare = record;
    }
  }

  /** Makes records below a number usable without {@link #take}. */
  public void ensure(int count) {
    pages.ensure((long) count * size);
  }

  /** Gives back pages of records from a number on. */
  public void trim(int count) {
    pages.trim((long) count * size);
  }

  /** Gives everything back. */
  public void clear() {
    pages.trim(0);
    end = 0;
    used = 0;
    spare = NONE;
  }

  /** How many are given out. */
  public int used() {
    return used;
  }

  /** Numbers that have ever been given out are below this. */
  public int end() {
    return end;
  }

  /** The page that a record is in. */
  public ByteBuffer page(int record) {
    return pages.page(record >>> shift);
  }

  /** Where in its page a record begins. */
  public int at(int record) {
    return (record & mask) * size;
  }

  /** Reads four octets of a record. */
  public int getInt(int record, int field) {
    return page(record).getInt(at(record) + field);
  }

  /** Writes four octets of a record. */
  public void putInt(int record, int field, int value) {
    page(record).putInt(at(record) + field, value);
  }

  /** Reads eight octets of a record. */
  public long getLong(int record, int field) {
    return page(record).getLong(at(record) + field);
  }

  /** Writes eight octets of a record. */
  public void putLong(int record, int field, long value) {
    page(record).putLong(at(record) + field, value);
  }
}
