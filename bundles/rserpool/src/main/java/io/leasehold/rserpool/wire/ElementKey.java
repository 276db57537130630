// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire;

import java.util.Comparator;
import java.util.Objects;

/**
 * Which pool element: its identifier is unique in its pool.
 *
 * @param identifier 32 bits
 */
public record ElementKey(PoolHandle handle, long identifier) implements Comparable<ElementKey> {
  private static final Comparator<ElementKey> ORDER =
      Comparator.comparing(ElementKey::handle).thenComparingLong(ElementKey::identifier);

  /** Refuses numbers that do not fit. */
  public ElementKey {
    Objects.requireNonNull(handle);
    Unsigned.u32(identifier, "PE identifier");
  }

  /** By handle, then by identifier. */
  @Override
  public int compareTo(ElementKey other) {
    return ORDER.compare(this, other);
  }

  /** {@code dhcp6-core/0x0a0b0c0d}. */
  @Override
  public String toString() {
    return handle + "/" + Unsigned.hex(identifier);
  }
}
