// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.server.memory.HashSegments;
import io.leasehold.server.memory.OffHeap;
import io.leasehold.server.memory.Records;

/**
 * Units waiting in a row outside the heap, from which any one can also step out. Every method takes
 * constant time. Owner: the lane's thread.
 */
final class UnitQueue {
  private static final int NONE = Records.NONE;
  private static final int UNIT = 0;
  private static final int NEXT = 8;
  private static final int PREVIOUS = 12;
  private static final int OCTETS = 16;

  private final long seed;
  private final HashSegments places;
  private final Records row;
  private int head = NONE;
  private int tail = NONE;
  private long probes;

  /**
   * Nobody waits.
   *
   * @param seed secret start of the hash, because clients choose units
   */
  UnitQueue(OffHeap memory, long seed) {
    this.seed = seed;
    this.places = new HashSegments(memory);
    this.row = new Records(memory, OCTETS);
  }

  /** Puts a unit at the end; it must not be waiting. */
  void addLast(long unit) {
    int entry = row.take();
    row.putLong(entry, UNIT, unit);
    row.putInt(entry, NEXT, NONE);
    row.putInt(entry, PREVIOUS, tail);
    if (tail == NONE) {
      head = entry;
    } else {
      row.putInt(tail, NEXT, entry);
    }
    tail = entry;
    places.add(Hashing.of(unit, seed), entry);
  }

  /** Takes the unit that waited longest; -1 if none waits. */
  long removeFirst() {
    if (head == NONE) {
      return -1;
    }
    long unit = row.getLong(head, UNIT);
    remove(unit);
    return unit;
  }

  /** Takes a certain unit; false if it does not wait. */
  boolean remove(long unit) {
    int place = find(unit);
    if (place == HashSegments.NONE) {
      return false;
    }
    int entry = places.at(place);
    places.removeAt(place);
    int next = row.getInt(entry, NEXT);
    int previous = row.getInt(entry, PREVIOUS);
    if (previous == NONE) {
      head = next;
    } else {
      row.putInt(previous, NEXT, next);
    }
    if (next == NONE) {
      tail = previous;
    } else {
      row.putInt(next, PREVIOUS, previous);
    }
    row.give(entry);
    return true;
  }

  private int find(long unit) {
    int hash = Hashing.of(unit, seed);
    int place = places.first(hash);
    probes++;
    while (place != HashSegments.NONE && row.getLong(places.at(place), UNIT) != unit) {
      place = places.next(hash, place);
      probes++;
    }
    return place;
  }

  boolean contains(long unit) {
    return find(unit) != HashSegments.NONE;
  }

  int size() {
    return row.used();
  }

  /** How many entries were looked at since the beginning. */
  long probes() {
    return probes;
  }

  /** Gives all memory back. */
  void clear() {
    places.clear();
    row.clear();
    head = NONE;
    tail = NONE;
  }
}
