// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.LeaseKey;
import io.leasehold.server.memory.Buckets;

/** Slots by their keys. Owner: the lane's thread. */
final class KeyIndex implements Buckets.Chain {
  private final Slots slots;
  private final long seed;
  private final Buckets buckets;

  /**
   * An empty index.
   *
   * @param seed see {@link Hashing}
   */
  KeyIndex(Slots slots, long seed) {
    this.slots = slots;
    this.seed = seed;
    this.buckets = new Buckets(slots.memory(), this);
  }

  /** The slot with a key; {@link Slots#NONE} if there is none. */
  int find(LeaseKey key) {
    return find(key.address().high(), key.address().low(), Slots.rest(key));
  }

  /** The slot with a key in parts; {@link Slots#NONE} if there is none. */
  int find(long high, long low, long rest) {
    int slot = buckets.first(Hashing.of(high, low, rest, seed));
    while (slot != Slots.NONE && !slots.isOf(slot, high, low, rest)) {
      slot = slots.link(slot, Slots.KEY_NEXT);
    }
    return slot;
  }

  void add(int slot) {
    buckets.add(slot);
  }

  void remove(int slot) {
    buckets.remove(slot);
  }

  void clear() {
    buckets.clear();
  }

  @Override
  public int next(int slot) {
    return slots.link(slot, Slots.KEY_NEXT);
  }

  @Override
  public void next(int slot, int following) {
    slots.setLink(slot, Slots.KEY_NEXT, following);
  }

  @Override
  public int hash(int slot) {
    return Hashing.of(slots.high(slot), slots.low(slot), slots.rest(slot), seed);
  }
}
