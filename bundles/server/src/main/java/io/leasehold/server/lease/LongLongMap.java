// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import java.util.Arrays;

/**
 * Numbers by number, both not negative. Open addressing without boxes; memory follows the number of
 * entries in both directions.
 */
final class LongLongMap {
  private static final int SMALLEST = 8;
  private static final long NO_KEY = -1;

  private long[] keys = empty(SMALLEST);
  private long[] values = new long[SMALLEST];
  private int size;
  private long probes;

  private static long[] empty(int capacity) {
    long[] fresh = new long[capacity];
    Arrays.fill(fresh, NO_KEY);
    return fresh;
  }

  /** The value of a key; -1 if it has none. */
  long get(long key) {
    return getOrDefault(key, -1);
  }

  /** The value of a key, or another one if it has none. */
  long getOrDefault(long key, long other) {
    int at = find(key);
    return keys[at] == key ? values[at] : other;
  }

  boolean contains(long key) {
    return keys[find(key)] == key;
  }

  /** Sets a value; true if the key had none. */
  boolean put(long key, long value) {
    int at = find(key);
    boolean added = keys[at] != key;
    keys[at] = key;
    values[at] = value;
    if (added && ++size * 3L > keys.length * 2L) {
      resize(keys.length * 2);
    }
    return added;
  }

  /** Removes a key; its value, or -1 if it had none. */
  long remove(long key) {
    int at = find(key);
    if (keys[at] != key) {
      return -1;
    }
    final long value = values[at];
    close(at);
    size--;
    if (keys.length > SMALLEST && size < keys.length / 8) {
      resize(keys.length / 2);
    }
    return value;
  }

  int size() {
    return size;
  }

  /** How many places were looked at since the beginning. */
  long probes() {
    return probes;
  }

  /**
   * Moves later entries of the run into the gap, so that no marks of removed entries are needed.
   */
  private void close(int gap) {
    int mask = keys.length - 1;
    int hole = gap;
    for (int at = gap + 1 & mask; keys[at] != NO_KEY; at = at + 1 & mask) {
      probes++;
      int home = home(keys[at]);
      if ((at - home & mask) >= (at - hole & mask)) {
        keys[hole] = keys[at];
        values[hole] = values[at];
        hole = at;
      }
    }
    keys[hole] = NO_KEY;
  }

  private int find(long key) {
    int mask = keys.length - 1;
    int at = home(key);
    probes++;
    while (keys[at] != NO_KEY && keys[at] != key) {
      at = at + 1 & mask;
      probes++;
    }
    return at;
  }

  private int home(long key) {
    long mixed = key * 0x9e3779b97f4a7c15L;
    mixed ^= mixed >>> 32;
    mixed *= 0xd6e8feb86659fd93L;
    return (int) (mixed >>> 32) & keys.length - 1;
  }

  private void resize(int capacity) {
    long[] oldKeys = keys;
    long[] oldValues = values;
    keys = empty(capacity);
    values = new long[capacity];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != NO_KEY) {
        int at = find(oldKeys[i]);
        keys[at] = oldKeys[i];
        values[at] = oldValues[i];
      }
    }
  }
}
