// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.enrp;

import io.leasehold.rserpool.wire.ParameterReader;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import java.util.List;
import java.util.Objects;

/**
 * Members of a pool on a page (RFC 5353 section 2.3).
 *
 * @param handle the pool
 * @param elements at least one
 */
public record PoolEntry(PoolHandle handle, List<PoolElement> elements) {
  /** Refuses a pool without members: there is none. */
  public PoolEntry {
    Objects.requireNonNull(handle);
    elements = List.copyOf(elements);
    if (elements.isEmpty()) {
      throw new IllegalArgumentException("a pool has at least one member");
    }
  }

  static PoolEntry read(ParameterReader in) {
    return new PoolEntry(in.one(PoolHandle.FORMAT), in.some(PoolElement.FORMAT));
  }
}
