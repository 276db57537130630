// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.space;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.ElementKey;

/**
 * The checksum over the pool elements of one registrar (RFC 5353 section 3.6.2), kept while they
 * come and go. One thread.
 */
public final class ElementSum {
  private static final int MASK = 0xffff;

  private int sum;
  private int elements;

  /**
   * Elements whose octets are not all 0: with any of them a sum is 65535 and never 0, which are the
   * same number; without them it is 0, which taking away does not restore.
   */
  private int counting;

  /** Adds a pool element. */
  public void add(ElementKey key) {
    int block = blockSum(key);
    sum = fold(sum + block);
    elements++;
    counting += block == 0 ? 0 : 1;
  }

  /** Takes a pool element away that was added. */
  public void remove(ElementKey key) {
    int block = blockSum(key);
    sum = fold(sum + (~block & MASK));
    elements--;
    counting -= block == 0 ? 0 : 1;
  }

  /** How many pool elements there are. */
  public int elements() {
    return elements;
  }

  /** The checksum as it is on the wire, 16 bits; 65535 if there are none. */
  public int checksum() {
    return counting == 0 ? MASK : ~sum & MASK;
  }

  /** The checksum of nobody. */
  public static int ofNone() {
    return MASK;
  }

  /** The handle, padded with zeros to a multiple of four octets, and the identifier. */
  private static int blockSum(ElementKey key) {
    Bytes handle = key.handle().octets();
    long total = (key.identifier() >>> 16) + (key.identifier() & MASK);
    for (int i = 0; i < handle.length(); i++) {
      total += (i & 1) == 0 ? handle.at(i) << 8 : handle.at(i);
    }
    return fold((int) total);
  }

  private static int fold(int value) {
    int folded = value;
    while (folded > MASK) {
      folded = (folded >>> 16) + (folded & MASK);
    }
    return folded;
  }
}
