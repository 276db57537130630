// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.net.Ipv6;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/** Slots in the order of their keys. */
final class KeyOrder {
  /** No key is less. */
  static final LeaseKey LEAST = new LeaseKey(0, LeaseKind.IA_NA, Ipv6.UNSPECIFIED, 0);

  private final IntUnaryOperator lengthOf;

  /** By realm and kind. */
  private final TreeMap<Long, AddressOrder> orders = new TreeMap<>();

  /** An empty order; prefix lengths of slots are looked up where addresses are equal. */
  KeyOrder(IntUnaryOperator lengthOf) {
    this.lengthOf = lengthOf;
  }

  /** Adds a slot with a key that is not there yet. */
  void add(int slot, LeaseKey key) {
    orders.computeIfAbsent(section(key), s -> new AddressOrder(lengthOf)).add(slot, key);
  }

  /** Removes a key that is there. */
  void remove(LeaseKey key) {
    orders.get(section(key)).remove(key);
  }

  /**
   * Visits the slots from a key on, that one included if it is there, until the visitor says false.
   */
  void from(LeaseKey key, IntPredicate visitor) {
    long section = section(key);
    AddressOrder own = orders.get(section);
    if (own != null && !own.from(key, visitor)) {
      return;
    }
    for (AddressOrder order : orders.tailMap(section, false).values()) {
      if (!order.from(LEAST, visitor)) {
        return;
      }
    }
  }

  private static long section(LeaseKey key) {
    return (long) key.realm() << 8 | key.kind().ordinal();
  }
}
