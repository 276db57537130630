// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

/**
 * The exchanges that are going on, each in a slot of some arrays. A transaction id tells the slot,
 * the half and how often the slot has been used, so that an answer finds its exchange without a
 * search and an old answer is known as such.
 */
final class Exchanges {
  static final byte FREE = 0;
  static final byte FIRST = 1;
  static final byte SECOND = 2;
  private static final int SLOT_BITS = 20;
  private static final int USES_BITS = 3;
  private static final int XID_BITS = SLOT_BITS + 1 + USES_BITS;
  private static final int XID_MASK = (1 << XID_BITS) - 1;

  /** An odd number and its inverse: transaction ids look random and stay unique. */
  private static final int SPREAD = 0x9e3779b1;

  private static final int GATHER = inverse(SPREAD);

  static final int CAPACITY = 1 << SLOT_BITS;

  /**
   * A slot is used again only after that many others, so that old answers are told from new ones.
   */
  private static final int RESTING = 1 << 16;

  final byte[] state = new byte[CAPACITY];
  final byte[] tries = new byte[CAPACITY];
  final int[] client = new int[CAPACITY];
  final long[] intended = new long[CAPACITY];
  final long[] sent = new long[CAPACITY];

  /** When the answer was read that the second half follows. */
  final long[] turned = new long[CAPACITY];

  /** Latency of the first half, from the intended and from the actual sending. */
  final long[] firstIntended = new long[CAPACITY];

  final long[] firstActual = new long[CAPACITY];
  final long[] addressHigh = new long[CAPACITY];
  final long[] addressLow = new long[CAPACITY];
  private final byte[] uses = new byte[CAPACITY];

  /** Free slots, the longest unused first. */
  private final int[] free = new int[CAPACITY];

  private int nextFree;
  private int freeCount;

  /** Slots from here on have never been used. */
  private int fresh;

  /** A slot for a new exchange, or -1 if there is none. */
  int take() {
    int slot;
    if (freeCount < RESTING && fresh < CAPACITY) {
      slot = fresh++;
    } else if (freeCount > 0) {
      slot = free[nextFree];
      nextFree = nextFree + 1 & CAPACITY - 1;
      freeCount--;
    } else {
      return -1;
    }
    uses[slot]++;
    tries[slot] = 0;
    state[slot] = FIRST;
    return slot;
  }

  void giveBack(int slot) {
    state[slot] = FREE;
    free[nextFree + freeCount & CAPACITY - 1] = slot;
    freeCount++;
  }

  /** No answer to the exchange in this slot is current any more. */
  void retire(int slot) {
    uses[slot]++;
  }

  int count() {
    return fresh - freeCount;
  }

  /** The transaction id of the half that the exchange is in; 24 bits. */
  int xid(int slot) {
    int half = state[slot] == SECOND ? 1 : 0;
    int use = uses[slot] & (1 << USES_BITS) - 1;
    return ((use << 1 | half) << SLOT_BITS | slot) * SPREAD & XID_MASK;
  }

  /** The slot that a transaction id belongs to. */
  static int slot(int xid) {
    return xid * GATHER & CAPACITY - 1;
  }

  /** The half that a transaction id belongs to: FIRST or SECOND. */
  static byte half(int xid) {
    return (xid * GATHER >>> SLOT_BITS & 1) == 0 ? FIRST : SECOND;
  }

  /** Whether the slot's exchange, which may have ended, is the one that the id was given to. */
  boolean isCurrent(int xid) {
    int plain = xid * GATHER & XID_MASK;
    return plain >>> SLOT_BITS + 1 == (uses[plain & CAPACITY - 1] & (1 << USES_BITS) - 1);
  }

  private static int inverse(int odd) {
    int inverse = odd;
    for (int i = 0; i < 5; i++) {
      inverse *= 2 - odd * inverse; // Newton's iteration doubles the bits that are right
    }
    return inverse;
  }
}
