// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.space;

import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.enrp.PoolEntry;
import java.util.List;
import java.util.Optional;

/**
 * A part of a handlespace for another registrar (RFC 5353 section 3.2.3).
 *
 * @param entries pools with members, in the order of their keys
 * @param last after which the next page begins; none if this was the last
 */
public record TablePage(List<PoolEntry> entries, Optional<ElementKey> last) {
  /** Keeps the list. */
  public TablePage {
    entries = List.copyOf(entries);
  }
}
