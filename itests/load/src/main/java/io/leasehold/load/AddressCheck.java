// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

/**
 * Remembers who has which address, 12 octets each, and finds those that two clients were given.
 * Half the table stays free.
 */
final class AddressCheck {
  private long[] keys = new long[1 << 12];
  private int[] owners = new int[1 << 12];
  private int size;
  private long shared;

  /**
   * A client has been given an address. Addresses whose mixed 64 bits are equal count as one; that
   * is not expected to happen.
   */
  void given(long high, long low, int client) {
    long key = mix(high, low);
    int at = find(key);
    if (keys[at] == key) {
      if (owners[at] != client) {
        shared++;
        owners[at] = client;
      }
      return;
    }
    keys[at] = key;
    owners[at] = client;
    size++;
    if (size * 2 > keys.length) {
      grow();
    }
  }

  private int find(long key) {
    int at = (int) (key & keys.length - 1);
    while (keys[at] != 0 && keys[at] != key) {
      at = at + 1 & keys.length - 1;
    }
    return at;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldOwners = owners;
    keys = new long[oldKeys.length * 2];
    owners = new int[oldOwners.length * 2];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int at = find(oldKeys[i]);
        keys[at] = oldKeys[i];
        owners[at] = oldOwners[i];
      }
    }
  }

  private static long mix(long high, long low) {
    long mixed = (high ^ Long.rotateLeft(high, 29)) * 0xbf58476d1ce4e5b9L + low;
    mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
    mixed ^= mixed >>> 31;
    return mixed == 0 ? 1 : mixed;
  }

  int size() {
    return size;
  }

  /** How often an address was given that another client had been given. */
  long shared() {
    return shared;
  }
}
