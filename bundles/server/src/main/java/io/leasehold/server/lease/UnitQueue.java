// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import java.util.Arrays;

/**
 * Units waiting in a row, from which any one can also step out. Every method takes constant time.
 */
final class UnitQueue {
  private static final int NONE = -1;

  private final LongLongMap places = new LongLongMap();
  private long[] units = new long[8];
  private int[] next = new int[8];
  private int[] previous = new int[8];
  private int head = NONE;
  private int tail = NONE;
  private int spare = NONE;
  private int used;

  /** Puts a unit at the end; it must not be waiting. */
  void addLast(long unit) {
    int place = newPlace();
    units[place] = unit;
    next[place] = NONE;
    previous[place] = tail;
    if (tail == NONE) {
      head = place;
    } else {
      next[tail] = place;
    }
    tail = place;
    places.put(unit, place);
  }

  /** Takes the unit that waited longest; -1 if none waits. */
  long removeFirst() {
    if (head == NONE) {
      return -1;
    }
    long unit = units[head];
    remove(unit);
    return unit;
  }

  /** Takes a certain unit; false if it does not wait. */
  boolean remove(long unit) {
    int place = (int) places.remove(unit);
    if (place == NONE) {
      return false;
    }
    if (previous[place] == NONE) {
      head = next[place];
    } else {
      next[previous[place]] = next[place];
    }
    if (next[place] == NONE) {
      tail = previous[place];
    } else {
      previous[next[place]] = previous[place];
    }
    next[place] = spare;
    spare = place;
    return true;
  }

  boolean contains(long unit) {
    return places.contains(unit);
  }

  int size() {
    return places.size();
  }

  long probes() {
    return places.probes();
  }

  private int newPlace() {
    if (spare != NONE) {
      int place = spare;
      spare = next[place];
      return place;
    }
    if (used == units.length) {
      int capacity = units.length + (units.length >> 1);
      units = Arrays.copyOf(units, capacity);
      next = Arrays.copyOf(next, capacity);
      previous = Arrays.copyOf(previous, capacity);
    }
    return used++;
  }
}
