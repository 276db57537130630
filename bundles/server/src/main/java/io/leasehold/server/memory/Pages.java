// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.memory;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A row of pages of {@link OffHeap#PAGE} octets. While one page is enough it is a smaller one,
 * which is copied when it grows. Pages behind the first can be left out. One thread at a time.
 */
public final class Pages {
  private static final ByteBuffer[] NOTHING = {};

  private final OffHeap memory;
  private ByteBuffer[] pages = NOTHING;
  private int end;

  /** No pages yet. */
  public Pages(OffHeap memory) {
    this.memory = memory;
  }

  /** A page; null if it is left out. */
  public ByteBuffer page(int index) {
    return pages[index];
  }

  /** Whether a page is there. */
  public boolean has(int index) {
    return index < end && pages[index] != null;
  }

  /** Makes the first {@code octets} octets usable. New ones may hold anything. */
  public void ensure(long octets) {
    int last = (int) (octets - 1 >>> 16);
    if (last == 0) {
      ensureFirst((int) octets);
      return;
    }
    if (end > 0 && pages[0] != null) {
      ensureFirst(OffHeap.PAGE);
    }
    while (end <= last) {
      open(end);
    }
  }

  private void ensureFirst(int octets) {
    if (end == 0) {
      reserve(1);
      pages[0] = memory.acquire(OffHeap.sizeFor(octets));
      end = 1;
    } else if (pages[0].capacity() < octets) {
      ByteBuffer small = pages[0];
      ByteBuffer large = memory.acquire(OffHeap.sizeFor(octets));
      large.put(0, small, 0, small.capacity());
      pages[0] = large;
      memory.release(small);
    }
  }

  /** Adds one whole page, which may leave others before it out. */
  public ByteBuffer open(int index) {
    ByteBuffer page = memory.acquire(OffHeap.sizeFor(OffHeap.PAGE));
    reserve(index + 1);
    pages[index] = page;
    end = Math.max(end, index + 1);
    return page;
  }

  private void reserve(int count) {
    if (count > pages.length) {
      pages = Arrays.copyOf(pages, Math.max(count, pages.length + (pages.length >> 1) + 1));
    }
  }

  /** Gives back all pages that lie behind the first {@code octets} octets. */
  public void trim(long octets) {
    int keep = (int) (octets + OffHeap.PAGE - 1 >>> 16);
    while (end > keep) {
      ByteBuffer page = pages[--end];
      pages[end] = null;
      if (page != null) {
        memory.release(page);
      }
    }
    if (end == 0) {
      pages = NOTHING;
    }
  }
}
