// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

import io.leasehold.server.expression.Membership;
import java.util.Arrays;

/**
 * The classes that a client belongs to, in the order in which it came into them, which is the order
 * in which what they say counts. Grows while a message is answered; owned by whoever answers it.
 */
public final class ClassSet implements Membership {
  /** In a plan without classes, where nobody ever belongs to one. */
  public static final ClassSet NONE = new ClassSet(0);

  private final long[] bits;
  private int[] joined;
  private int size;
  private boolean failed;

  /** Nothing yet, of so many classes. */
  ClassSet(int classes) {
    bits = new long[(classes + Long.SIZE - 1) / Long.SIZE];
    joined = new int[Math.min(classes, 8)];
  }

  private ClassSet(ClassSet other) {
    bits = other.bits.clone();
    joined = other.joined.clone();
    size = other.size;
    failed = other.failed;
  }

  /** The same, to go on with. */
  public ClassSet copy() {
    return bits.length == 0 ? this : new ClassSet(this);
  }

  @Override
  public boolean isMember(int number) {
    int word = number / Long.SIZE;
    return number >= 0 && word < bits.length && (bits[word] & 1L << number) != 0;
  }

  /** An expression could not be evaluated for this client. */
  @Override
  public void failed() {
    failed = true;
  }

  /** Whether an expression could not be evaluated. */
  public boolean hasFailed() {
    return failed;
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /** The number of one of them, from the one that counts most. */
  public int number(int index) {
    return joined[index];
  }

  /** All numbers, in order. */
  public int[] numbers() {
    return Arrays.copyOf(joined, size);
  }

  /** Puts the client into a class, unless it is in it or the number is that of none. */
  void join(int number) {
    if (number < 0 || isMember(number)) {
      return;
    }
    if (size == joined.length) {
      joined = Arrays.copyOf(joined, 2 * size);
    }
    joined[size++] = number;
    bits[number / Long.SIZE] |= 1L << number;
  }

  /** Takes the client out of a class. */
  void leave(int number) {
    if (!isMember(number)) {
      return;
    }
    bits[number / Long.SIZE] &= ~(1L << number);
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (joined[i] != number) {
        joined[kept++] = joined[i];
      }
    }
    size = kept;
  }
}
