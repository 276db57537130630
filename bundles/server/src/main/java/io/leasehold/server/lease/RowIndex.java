// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.server.memory.HashSegments;

/**
 * Slots in rows by the value of a trait, in each row the one that came last first. Leases without
 * the trait are in no row. Adding, removing and finding take constant time however long the rows
 * are. Owner: the lane's thread.
 */
final class RowIndex {
  private static final int HASH = 0;
  private static final int NEXT = 4;
  private static final int PREVIOUS = 8;

  private final Trait trait;
  private final RowLinks links;
  private final Slots slots;
  private final LeaseBodies bodies;
  private final long seed;
  private final HashSegments heads;
  private final LeaseOctets candidate = new LeaseOctets();
  private int size;

  /**
   * An empty index.
   *
   * @param links where rows are linked
   * @param seed see {@link Hashing}
   */
  RowIndex(Trait trait, RowLinks links, Slots slots, LeaseBodies bodies, long seed) {
    this.trait = trait;
    this.links = links;
    this.slots = slots;
    this.bodies = bodies;
    this.seed = seed;
    this.heads = new HashSegments(slots.memory());
  }

  /** The slot that came last of those with a value; {@link Slots#NONE} if there is none. */
  int first(byte[] value, int from, int length) {
    return heads.at(find(Hashing.of(value, from, length, seed), value, from, length));
  }

  private int find(int hash, byte[] value, int from, int length) {
    int place = heads.first(hash);
    while (place != Slots.NONE && !holds(heads.at(place), value, from, length)) {
      place = heads.next(hash, place);
    }
    return place;
  }

  private boolean holds(int slot, byte[] value, int from, int length) {
    bodies.read(slot, candidate);
    return candidate.holds(trait, slots.kindCode(slot), value, from, length);
  }

  /** The slot with the same value that came before; {@link Slots#NONE} after the last. */
  int after(int slot) {
    return links.get(slot, NEXT);
  }

  /** Adds a slot with the value that a lease has. */
  void add(int slot, LeaseOctets lease) {
    int kind = slots.kindCode(slot);
    int length = lease.length(trait, kind);
    if (length == 0) {
      return;
    }
    links.open(slot);
    int hash = hash(lease, kind);
    int place = find(hash, lease.array(), lease.at(trait, kind), length);
    int head = heads.at(place);
    if (head == Slots.NONE) {
      addHead(hash, slot);
      return;
    }
    set(slot, hash, head);
    heads.replace(place, slot);
    links.set(head, PREVIOUS, slot);
    size++;
  }

  private void addHead(int hash, int slot) {
    set(slot, hash, Slots.NONE);
    heads.add(hash, slot);
    size++;
  }

  private void set(int slot, int hash, int next) {
    links.set(slot, HASH, hash);
    links.set(slot, NEXT, next);
    links.set(slot, PREVIOUS, Slots.NONE);
  }

  /**
   * Adds a slot with a value of this hash, if it is the first with such a value.
   *
   * @return whether it is
   */
  boolean addFirst(int hash, int slot) {
    if (heads.first(hash) != Slots.NONE) {
      return false;
    }
    links.open(slot);
    addHead(hash, slot);
    return true;
  }

  /** The hash of the value that a lease has. */
  int hash(LeaseOctets lease, int kind) {
    return Hashing.of(lease.array(), lease.at(trait, kind), lease.length(trait, kind), seed);
  }

  /** Removes a slot with the value that a lease has, which is that of the time it was added. */
  void remove(int slot, LeaseOctets lease) {
    if (lease.length(trait, slots.kindCode(slot)) == 0) {
      return;
    }
    int next = links.get(slot, NEXT);
    int previous = links.get(slot, PREVIOUS);
    if (next != Slots.NONE) {
      links.set(next, PREVIOUS, previous);
    }
    if (previous != Slots.NONE) {
      links.set(previous, NEXT, next);
    } else {
      removeHead(slot, next);
    }
    if (--size == 0) {
      clear();
    }
  }

  private void removeHead(int slot, int next) {
    int place = heads.placeOf(links.get(slot, HASH), slot);
    if (next == Slots.NONE) {
      heads.removeAt(place);
    } else {
      heads.replace(place, next);
    }
  }

  void clear() {
    size = 0;
    heads.clear();
    links.clear();
  }
}
