// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.space;

import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.enrp.PoolEntry;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fills a page with one pool element after the other. One thread. */
final class PageBuilder {
  private final List<PoolEntry> entries = new ArrayList<>();
  private final int mostElements;
  private final int mostOctets;
  private PoolHandle handle;
  private List<PoolElement> open = new ArrayList<>();
  private ElementKey last;
  private int elements;
  private int octets;

  PageBuilder(int mostElements, int mostOctets) {
    this.mostElements = mostElements;
    this.mostOctets = mostOctets;
  }

  /** Adds a pool element; false if there is no more room, and then it is not added. */
  boolean add(PoolHandle pool, PoolElement element) {
    boolean isNewPool = !pool.equals(handle);
    int more = element.paddedLength() + (isNewPool ? pool.paddedLength() : 0);
    if (elements > 0 && (elements >= mostElements || octets + more > mostOctets)) {
      return false;
    }
    if (isNewPool) {
      close();
      handle = pool;
    }
    open.add(element);
    last = new ElementKey(pool, element.identifier());
    elements++;
    octets += more;
    return true;
  }

  private void close() {
    if (!open.isEmpty()) {
      entries.add(new PoolEntry(handle, open));
      open = new ArrayList<>();
    }
  }

  TablePage page(boolean isLast) {
    close();
    return new TablePage(entries, isLast ? Optional.empty() : Optional.of(last));
  }
}
