// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

/**
 * What a file holds: what a process reads, what the medium holds, and which sectors of the first
 * are not yet in the second. Guarded by its {@link SimMedium}.
 */
public final class SimFile {
  static final int SECTOR = 512;

  private byte[] seen = new byte[0];
  private byte[] stored = new byte[0];
  private final BitSet unsynced = new BitSet();
  private boolean failed;

  /** What becomes of unsynced sectors in a crash. */
  public enum Loss {
    /** Each 512-octet sector is new or old. */
    SECTORS,
    /** Each 4 KiB page is new or old. */
    PAGES,
    /** As SECTORS, but what is not new is old, zero, random or 0xff. */
    TORN_SECTORS,
    /** As PAGES, but what is not new is old, zero, random or 0xff. */
    TORN_PAGES,
    /**
     * Only the process is gone, as after {@code kill -9}: all can be read, but it is no more
     * durable than before.
     */
    KILLED,
    /** All is old. */
    ALL
  }

  /** Its length. */
  public int size() {
    return seen.length;
  }

  /** What can be read. */
  byte[] seen() {
    return seen;
  }

  void write(int at, byte[] octets) {
    if (at + octets.length > seen.length) {
      seen = Arrays.copyOf(seen, at + octets.length);
    }
    System.arraycopy(octets, 0, seen, at, octets.length);
    if (octets.length > 0) {
      unsynced.set(at / SECTOR, (at + octets.length - 1) / SECTOR + 1);
    }
  }

  void force() {
    if (stored.length != seen.length) {
      stored = Arrays.copyOf(stored, seen.length);
    }
    for (int i = unsynced.nextSetBit(0); i >= 0; i = unsynced.nextSetBit(i + 1)) {
      store(i);
    }
    unsynced.clear();
  }

  /**
   * The system says that it could not write, and forgets that it has to: later syncs succeed
   * without these sectors.
   */
  void failForce(Random random) {
    failed = true;
    for (int i = unsynced.nextSetBit(0); i >= 0; i = unsynced.nextSetBit(i + 1)) {
      if (random.nextBoolean() && (i + 1) * SECTOR <= stored.length) {
        store(i);
      }
    }
    unsynced.clear();
  }

  /** Whether a loss of power would take something away. */
  boolean isAtRisk() {
    return !Arrays.equals(seen, stored);
  }

  boolean hasFailed() {
    return failed;
  }

  private void store(int sector) {
    int from = sector * SECTOR;
    System.arraycopy(seen, from, stored, from, Math.min(SECTOR, seen.length - from));
  }

  /** The machine stops; what is left is what both the medium and the next process have. */
  void crash(Loss loss, Random random) {
    if (stored.length < seen.length && random.nextBoolean()) {
      stored = Arrays.copyOf(stored, seen.length);
    }
    int perPage = loss == Loss.PAGES || loss == Loss.TORN_PAGES ? 8 : 1;
    boolean torn = loss == Loss.TORN_PAGES || loss == Loss.TORN_SECTORS;
    int fate = 0;
    int page = -1;
    for (int i = unsynced.nextSetBit(0); i >= 0; i = unsynced.nextSetBit(i + 1)) {
      if (i / perPage != page) {
        page = i / perPage;
        fate = loss == Loss.ALL ? 1 : random.nextInt(torn ? 8 : 2);
      }
      meet(fate, i, random);
    }
    seen = stored.clone();
    unsynced.clear();
    // What can be read is what is stored: nothing is left of the failure.
    failed = false;
  }

  private void meet(int fate, int sector, Random random) {
    int from = sector * SECTOR;
    int to = Math.min(from + SECTOR, stored.length);
    if (from >= to || fate == 1) {
      return;
    }
    switch (fate) {
      case 2 -> Arrays.fill(stored, from, to, (byte) 0);
      case 3 -> Arrays.fill(stored, from, to, (byte) 0xff);
      case 4 -> {
        for (int i = from; i < to; i++) {
          stored[i] = (byte) random.nextInt();
        }
      }
      default -> store(sector);
    }
  }

  /** Changes what is stored, behind everybody's back. */
  public void damage(int at, int xor) {
    seen[at] ^= (byte) xor;
    stored = seen.clone();
  }

  /** Cuts what is stored. */
  public void truncate(int size) {
    seen = Arrays.copyOf(seen, size);
    stored = seen.clone();
  }
}
