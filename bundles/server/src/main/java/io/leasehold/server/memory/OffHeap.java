// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Memory outside the heap, shared by all lanes. It is asked of the machine in slabs and never given
 * back to it, but what is released is used again, so that tables may come and go at once and need
 * no collection in between.
 *
 * <p>Any thread. The lock is taken once for a page of 64 KiB, which holds a thousand leases:
 * passing pages between threads by message would cost more.
 */
public final class OffHeap {
  /** Octets of the largest page. */
  public static final int PAGE = 1 << 16;

  /** Sizes of pages: each is four of the one before. */
  private static final int[] SIZES = {1 << 10, 1 << 12, 1 << 14, PAGE};

  private static final int LARGEST = SIZES.length - 1;
  private static final int MOST_PAGES_PER_SLAB = 16;

  /** What is left above the limit for leases that grow: a part of it, and so much at least. */
  private static final int HEADROOM_PART = 32;

  private static final long HEADROOM_OCTETS = 8L << 20;

  private final long limit;
  private final LongAdder refusals = new LongAdder();
  private final List<Deque<ByteBuffer>> spare =
      Stream.<Deque<ByteBuffer>>generate(ArrayDeque::new).limit(SIZES.length).toList();
  private long reserved;
  private volatile long used;

  /**
   * Nothing reserved yet.
   *
   * @param limit how many octets may be in use before new entries are refused
   */
  public OffHeap(long limit) {
    this.limit = limit;
  }

  /** As much as the machine gives. */
  public static OffHeap unlimited() {
    return new OffHeap(Long.MAX_VALUE);
  }

  /** The index of the smallest size of page with so many octets. */
  static int sizeFor(long octets) {
    int size = 0;
    while (size < LARGEST && SIZES[size] < octets) {
      size++;
    }
    return size;
  }

  /**
   * A page in the machine's byte order with any content.
   *
   * @param size index of the size, see {@link #sizeFor}
   * @throws MemoryFullException if the Java machine has no more
   */
  synchronized ByteBuffer acquire(int size) {
    ByteBuffer page = take(size);
    used += SIZES[size];
    return page;
  }

  private ByteBuffer take(int size) {
    ByteBuffer page = spare.get(size).poll();
    if (page != null) {
      return page;
    }
    if (size == LARGEST) {
      return slab();
    }
    ByteBuffer larger = take(size + 1);
    for (int at = SIZES[size]; at < SIZES[size + 1]; at += SIZES[size]) {
      spare.get(size).add(slice(larger, at, SIZES[size]));
    }
    return slice(larger, 0, SIZES[size]);
  }

  /** Reserves small slabs while little is in use, larger ones later. */
  private ByteBuffer slab() {
    int pages = (int) Math.max(1, Math.min(MOST_PAGES_PER_SLAB, reserved / PAGE / 4));
    ByteBuffer slab;
    try {
      slab = ByteBuffer.allocateDirect(pages * PAGE);
    } catch (OutOfMemoryError e) {
      // Thrown by the library when the limit of direct memory is reached: the heap is all right.
      refusals.increment();
      throw new MemoryFullException(
          "the Java machine gives no more direct memory after " + reserved + " octets", e);
    }
    reserved += slab.capacity();
    for (int page = 1; page < pages; page++) {
      spare.get(LARGEST).add(slice(slab, page * PAGE, PAGE));
    }
    return slice(slab, 0, PAGE);
  }

  private static ByteBuffer slice(ByteBuffer from, int at, int octets) {
    return from.slice(at, octets).order(ByteOrder.nativeOrder());
  }

  /** Takes a page back. Nobody may look at it any more. */
  synchronized void release(ByteBuffer page) {
    int size = sizeFor(page.capacity());
    used -= SIZES[size];
    spare.get(size).push(page);
  }

  /** Whether nothing new should be begun. */
  public boolean isFull() {
    return used >= limit;
  }

  /** Whether even what is there may not grow. */
  public boolean isExhausted() {
    return used - HEADROOM_OCTETS - limit / HEADROOM_PART >= limit;
  }

  /**
   * Looks whether something new may be begun.
   *
   * @throws MemoryFullException if not, which is counted
   */
  public void ensureRoom() {
    refuseIf(isFull());
  }

  /**
   * Looks whether what is there may grow.
   *
   * @throws MemoryFullException if not, which is counted
   */
  public void ensureRoomToGrow() {
    refuseIf(isExhausted());
  }

  private void refuseIf(boolean full) {
    if (full) {
      countRefusal();
      throw new MemoryFullException(
          "memory for leases is full: " + used + " of " + limit + " octets");
    }
  }

  /** Counts something that was refused because memory is full. */
  public void countRefusal() {
    refusals.increment();
  }

  /** How often something was refused. */
  public long refusals() {
    return refusals.sum();
  }

  /** Octets in use now. */
  public long used() {
    return used;
  }

  /** Octets that may be in use before new entries are refused; {@link Long#MAX_VALUE} if any. */
  public long limit() {
    return limit;
  }
}
