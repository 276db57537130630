// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Counts how many leases a checkpoint and a journal hold together, with 16 to 32 octets for each
 * key of the journal and none for the checkpoint. Keys are told apart by 62 bits of a hash, which
 * is good enough for a count. One thread fills it; then {@link #inCheckpoint} may be called by
 * several, with different keys.
 */
final class KeyCount {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final long PRESENT = 1;
  private static final long OLD = 2;
  private static final long STATE = 3;

  private long[] slots = new long[1 << 10];
  private int size;

  /** A well-mixed hash of the 22 octets of a key. */
  static long hash(byte[] octets, int keyAt) {
    long high = (long) LONG.get(octets, keyAt) * 0x9e37_79b9_7f4a_7c15L;
    long middle = (long) LONG.get(octets, keyAt + 8);
    long low = (long) LONG.get(octets, keyAt + 14);
    long mixed = mix(high ^ middle) + low * 0xc2b2_ae3d_27d4_eb4fL;
    return mix(mixed);
  }

  private static long mix(long value) {
    long mixed = (value ^ value >>> 30) * 0xbf58_476d_1ce4_e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d0_49bb_1331_11ebL;
    return mixed ^ mixed >>> 31;
  }

  /** The journal wrote or removed a key; the last call counts. */
  void inJournal(long hash, boolean present) {
    int at = slot(hash);
    if (slots[at] == 0) {
      if (++size > slots.length / 2) {
        grow();
        at = slot(hash);
      }
      slots[at] = tag(hash);
    }
    slots[at] = slots[at] & ~PRESENT | (present ? PRESENT : 0);
  }

  /** The checkpoint holds a key. */
  void inCheckpoint(long hash) {
    int at = slot(hash);
    if (slots[at] != 0) {
      slots[at] |= OLD;
    }
  }

  /** How many leases there are more than in the checkpoint; may be negative. */
  long surplus() {
    long surplus = 0;
    for (long slot : slots) {
      if (slot != 0) {
        boolean old = (slot & OLD) != 0;
        boolean present = (slot & PRESENT) != 0;
        surplus += present == old ? 0 : present ? 1 : -1;
      }
    }
    return surplus;
  }

  private static long tag(long hash) {
    long tag = hash & ~STATE;
    return tag == 0 ? 4 : tag;
  }

  private int slot(long hash) {
    long tag = tag(hash);
    int mask = slots.length - 1;
    int at = (int) (tag >>> 8) & mask;
    while (slots[at] != 0 && (slots[at] & ~STATE) != tag) {
      at = at + 1 & mask;
    }
    return at;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[old.length * 2];
    for (long slot : old) {
      if (slot != 0) {
        slots[slot(slot)] = slot;
      }
    }
  }
}
