// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.server.memory.Blocks;
import io.leasehold.server.memory.Records;
import java.util.HashMap;
import java.util.Map;

/**
 * The octets of leases without their keys, in packed blocks of about their length. A lease that is
 * renewed has its block overwritten. Bodies that no server of ours writes, longer than any block,
 * are kept on the heap. Owner: the lane's thread.
 */
final class LeaseBodies {
  /** Up to here, blocks differ by 8 octets. */
  private static final int FINE = 512;

  private static final int FINE_STEP = 8;
  private static final int FINE_CLASSES = FINE / FINE_STEP;

  /** From there on, four classes double the size. */
  private static final int STEPS = 4;

  private static final int LONGEST = 1 << 14;
  private static final int LONG = 0xffff;

  private final Slots slots;
  private final Blocks[] classes = new Blocks[classOf(LONGEST) + 1];
  private final Map<Integer, byte[]> longOnes = new HashMap<>(0);

  LeaseBodies(Slots slots) {
    this.slots = slots;
  }

  private static int classOf(int octets) {
    if (octets <= FINE) {
      return (octets - 1) / FINE_STEP;
    }
    int shift = Integer.SIZE - 3 - Integer.numberOfLeadingZeros(octets - 1);
    return FINE_CLASSES + (shift - 7) * STEPS + (octets - 1 >> shift) - STEPS;
  }

  private static int octetsOf(int sizeClass) {
    if (sizeClass < FINE_CLASSES) {
      return (sizeClass + 1) * FINE_STEP;
    }
    int step = sizeClass - FINE_CLASSES;
    return STEPS + 1 + step % STEPS << 7 + step / STEPS;
  }

  private Blocks blocks(int bodyLength) {
    int sizeClass = classOf(bodyLength + Blocks.HEADER);
    if (classes[sizeClass] == null) {
      classes[sizeClass] = new Blocks(slots.memory(), octetsOf(sizeClass));
    }
    return classes[sizeClass];
  }

  private static boolean fits(int bodyLength) {
    return bodyLength + Blocks.HEADER <= LONGEST;
  }

  /** Keeps the body of a lease for a slot that has none. */
  void add(int slot, LeaseOctets lease) {
    int length = lease.bodyLength();
    if (fits(length)) {
      Blocks blocks = blocks(length);
      int place = blocks.add(slot);
      blocks.write(place, lease.array(), LeaseOctets.KEY, length);
      slots.setPlace(slot, place);
      slots.setLength(slot, length);
    } else {
      byte[] body = new byte[length];
      System.arraycopy(lease.array(), LeaseOctets.KEY, body, 0, length);
      longOnes.put(slot, body);
      slots.setLength(slot, LONG);
    }
  }

  /** Keeps another body for a slot. */
  void replace(int slot, LeaseOctets lease) {
    int before = slots.length(slot);
    int length = lease.bodyLength();
    boolean samePlace =
        before != LONG
            && fits(length)
            && classOf(before + Blocks.HEADER) == classOf(length + Blocks.HEADER);
    if (samePlace) {
      blocks(length).write(slots.place(slot), lease.array(), LeaseOctets.KEY, length);
      slots.setLength(slot, length);
    } else {
      remove(slot);
      add(slot, lease);
    }
  }

  /** Forgets the body of a slot. */
  void remove(int slot) {
    int length = slots.length(slot);
    if (length == LONG) {
      longOnes.remove(slot);
      return;
    }
    int place = slots.place(slot);
    int moved = blocks(length).remove(place);
    if (moved != Records.NONE) {
      slots.setPlace(moved, place);
    }
  }

  /** Copies the body of a slot and finds its parts. The key is not copied. */
  void read(int slot, LeaseOctets into) {
    int length = slots.length(slot);
    if (length == LONG) {
      byte[] body = longOnes.get(slot);
      System.arraycopy(body, 0, into.room(body.length), LeaseOctets.KEY, body.length);
    } else {
      blocks(length).read(slots.place(slot), into.room(length), LeaseOctets.KEY, length);
    }
    into.parse();
  }

  /** Gives everything back. */
  void clear() {
    for (Blocks blocks : classes) {
      if (blocks != null) {
        blocks.clear();
      }
    }
    longOnes.clear();
  }
}
