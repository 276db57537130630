// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.LeaseKey;
import io.leasehold.server.memory.HashSegments;

/** Slots by their keys. Owner: the lane's thread. */
final class KeyIndex {
  private final Slots slots;
  private final long seed;
  private final HashSegments places;

  /**
   * An empty index.
   *
   * @param seed see {@link Hashing}
   */
  KeyIndex(Slots slots, long seed) {
    this.slots = slots;
    this.seed = seed;
    this.places = new HashSegments(slots.memory());
  }

  /** The slot with a key; {@link Slots#NONE} if there is none. */
  int find(LeaseKey key) {
    return find(key.address().high(), key.address().low(), Slots.rest(key));
  }

  /** The slot with a key in parts; {@link Slots#NONE} if there is none. */
  int find(long high, long low, long rest) {
    return find(Hashing.of(high, low, rest, seed), high, low, rest);
  }

  /** The same, given the hash of the key. */
  int find(int hash, long high, long low, long rest) {
    int place = places.first(hash);
    int slot = places.at(place);
    while (slot != Slots.NONE && !slots.isOf(slot, high, low, rest)) {
      place = places.next(hash, place);
      slot = places.at(place);
    }
    return slot;
  }

  void add(int slot) {
    add(hash(slot), slot);
  }

  /** The same, given the hash of its key. */
  void add(int hash, int slot) {
    places.add(hash, slot);
  }

  void remove(int slot) {
    places.removeAt(places.placeOf(hash(slot), slot));
  }

  void clear() {
    places.clear();
  }

  /** The hash of the key of a lease. */
  int hash(LeaseOctets lease) {
    return Hashing.of(lease.high(), lease.low(), lease.rest(), seed);
  }

  private int hash(int slot) {
    return Hashing.of(slots.high(slot), slots.low(slot), slots.rest(slot), seed);
  }
}
