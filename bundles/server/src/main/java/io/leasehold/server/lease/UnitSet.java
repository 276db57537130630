// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.server.memory.HashSegments;
import io.leasehold.server.memory.OffHeap;
import io.leasehold.server.memory.Records;

/**
 * A set of units outside the heap, 64 neighbours in one entry: a third of an octet for each unit of
 * a row, and 27 for one that is alone. Every method takes constant time. Owner: the lane's thread.
 */
final class UnitSet {
  private static final int WORD = 0;
  private static final int BITS = 8;
  private static final int OCTETS = 16;

  private final long seed;
  private final HashSegments places;
  private final Records words;
  private long probes;

  /**
   * An empty set.
   *
   * @param seed secret start of the hash where clients choose units
   */
  UnitSet(OffHeap memory, long seed) {
    this.seed = seed;
    this.places = new HashSegments(memory);
    this.words = new Records(memory, OCTETS);
  }

  boolean contains(long unit) {
    return (bits(unit >>> 6) & 1L << unit) != 0;
  }

  /** The units of a word, a bit each. */
  long bits(long word) {
    int entry = places.at(find(word));
    return entry == HashSegments.NONE ? 0 : words.getLong(entry, BITS);
  }

  private int find(long word) {
    int hash = hash(word);
    int place = places.first(hash);
    probes++;
    while (place != HashSegments.NONE && words.getLong(places.at(place), WORD) != word) {
      place = places.next(hash, place);
      probes++;
    }
    return place;
  }

  private int hash(long word) {
    return Hashing.of(word, seed);
  }

  /** Adds a unit; false if it was there. */
  boolean add(long unit) {
    long word = unit >>> 6;
    int entry = places.at(find(word));
    if (entry == HashSegments.NONE) {
      entry = words.take();
      words.putLong(entry, WORD, word);
      words.putLong(entry, BITS, 0);
      places.add(hash(word), entry);
    }
    long bits = words.getLong(entry, BITS);
    words.putLong(entry, BITS, bits | 1L << unit);
    return (bits & 1L << unit) == 0;
  }

  /** Removes a unit; false if it was not there. */
  boolean remove(long unit) {
    int place = find(unit >>> 6);
    int entry = places.at(place);
    if (entry == HashSegments.NONE) {
      return false;
    }
    long bits = words.getLong(entry, BITS);
    long left = bits & ~(1L << unit);
    if (left == 0) {
      drop(place);
    } else {
      words.putLong(entry, BITS, left);
    }
    return bits != left;
  }

  /** Removes all units of a word. */
  void removeWord(long word) {
    int place = find(word);
    if (place != HashSegments.NONE) {
      drop(place);
    }
  }

  private void drop(int place) {
    int entry = places.at(place);
    places.removeAt(place);
    words.give(entry);
  }

  /** How many entries there are. */
  int entries() {
    return words.used();
  }

  /** How many entries were looked at since the beginning. */
  long probes() {
    return probes;
  }

  /** Gives all memory back. */
  void clear() {
    places.clear();
    words.clear();
  }
}
