// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.net.Ipv6;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/** Slots in the order of their keys. Owner: the lane's thread. */
final class KeyOrder {
  /** No key is less. */
  static final LeaseKey LEAST = new LeaseKey(0, LeaseKind.IA_NA, Ipv6.UNSPECIFIED, 0);

  private final Slots slots;
  private final SlotLeaves leaves;

  /** By realm and kind. */
  private final TreeMap<Long, AddressOrder> orders = new TreeMap<>();

  /** The section that was asked for last, which will most often be asked for next. */
  private AddressOrder recent;

  private long recentSection = -1;

  KeyOrder(Slots slots) {
    this.slots = slots;
    this.leaves = new SlotLeaves(slots.memory());
  }

  /** Adds a slot, whose key is not there yet. */
  void add(int slot) {
    order(slot).add(slot);
  }

  /** Removes a slot that is there. */
  void remove(int slot) {
    order(slot).remove(slot);
  }

  private AddressOrder order(int slot) {
    long section = section(slots.realm(slot), slots.kindCode(slot));
    if (section != recentSection) {
      recent = orders.computeIfAbsent(section, this::newOrder);
      recentSection = section;
    }
    return recent;
  }

  private AddressOrder newOrder(long section) {
    boolean prefixes = (section & 0xff) == LeaseKind.IA_PD.code();
    return new AddressOrder(slots, leaves, prefixes);
  }

  /**
   * Visits the slots from a key on, that one included if it is there, until the visitor says false.
   */
  void from(LeaseKey key, IntPredicate visitor) {
    long section = section(key.realm(), key.kind().code());
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

  /** Codes of kinds are in the order of the kinds. */
  private static long section(int realm, int kindCode) {
    return (long) realm << 8 | kindCode;
  }

  void clear() {
    orders.clear();
    recentSection = -1;
    leaves.clear();
  }
}
